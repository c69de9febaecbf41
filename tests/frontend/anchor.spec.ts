import './browser';

import type { Notebook } from '@jupyterlab/notebook';

import { Anchor } from '../../src/notebook/anchor';

const SHOWN = 400;

/** A notebook of cells that are 100 pixels high, of which the test decides how it is scrolled and how cells grow. */
class View {
  readonly outerNode = document.createElement('div');
  readonly viewportNode = document.createElement('div');
  readonly node = this.outerNode;
  readonly isVisible = true;
  readonly activeCell = null;
  readonly heights = Array.from({ length: 20 }, () => 100);
  readonly widgets = this.heights.map((_, index) => ({
    isDisposed: false,
    model: { id: String(index) },
    node: { getBoundingClientRect: () => this.rect(index) }
  }));
  readonly viewModel = { windowingActive: false };
  readonly looks = jest.fn();
  scrolled = 0;

  constructor() {
    this.outerNode.append(this.viewportNode);
    this.outerNode.getBoundingClientRect = () => new DOMRect(0, 0, 0, SHOWN);
    Object.defineProperties(this.outerNode, {
      scrollHeight: { get: () => this.height },
      clientHeight: { get: () => SHOWN },
      scrollTop: {
        get: () => {
          this.looks();
          return this.scrolled;
        },
        set: (top: number) => {
          this.scrolled = Math.max(0, Math.min(top, this.height - SHOWN));
        }
      }
    });
  }

  get height(): number {
    return this.heights.reduce((sum, height) => sum + height, 0);
  }

  /** The first cell in sight, and where. */
  get first(): [number, number] {
    const index = this.widgets.findIndex((_, each) => this.rect(each).bottom > 1);
    return [index, this.rect(index).top];
  }

  /** Somebody scrolls by this much. */
  scroll(by: number): void {
    this.outerNode.scrollTop += by;
    this.outerNode.dispatchEvent(new Event('scroll'));
  }

  /** A cell has another height, and the browser tells so. */
  grow(index: number, by: number): void {
    this.heights[index] = (this.heights[index] ?? 0) + by;
    this.outerNode.scrollTop = this.scrolled;
    resized();
  }

  private rect(index: number): DOMRect {
    const top = this.heights.slice(0, index).reduce((sum, height) => sum + height, 0) - this.scrolled;
    return new DOMRect(0, top, 0, this.heights[index]);
  }
}

let resized = (): void => undefined;
let view: View;
let anchor: Anchor;

beforeEach(() => {
  jest.useFakeTimers();
  Object.assign(globalThis, {
    DOMRect: class {
      readonly bottom: number;
      constructor(
        _x: number,
        readonly top: number,
        _width: number,
        readonly height: number
      ) {
        this.bottom = top + height;
      }
    },
    ResizeObserver: class {
      constructor(changed: () => void) {
        resized = changed;
      }
      observe(): void {}
      disconnect(): void {}
    }
  });
  view = new View();
  anchor = new Anchor(view as unknown as Notebook);
});
afterEach(() => {
  anchor.dispose();
  jest.useRealTimers();
});

const wheel = (): void => {
  document.dispatchEvent(new Event('wheel'));
};

describe('what a person looks at', () => {
  it('stays in its place while cells above it grow and shrink', () => {
    view.scroll(550);
    jest.advanceTimersByTime(2000);
    anchor.hold();
    view.grow(0, 300);
    expect(view.first).toEqual([5, -50]);
    view.grow(1, -80);
    expect(view.first).toEqual([5, -50]);
  });

  it('comes back where the notebook was too short for a moment', () => {
    view.scroll(1600);
    jest.advanceTimersByTime(2000);
    anchor.hold();
    view.grow(18, -90);
    expect(view.scrolled).toBe(1510);
    view.grow(18, 300);
    expect(view.first).toEqual([16, 0]);
  });

  it('is what a scroll that goes on has come to', () => {
    view.scroll(500);
    wheel();
    anchor.hold();
    view.scroll(60);
    view.grow(19, 40);
    expect(view.scrolled).toBe(560);
    jest.advanceTimersByTime(100);
    anchor.hold();
    view.scroll(60);
    view.grow(19, 40);
    expect(view.scrolled).toBe(620);
    jest.advanceTimersByTime(200);
    anchor.hold();
    view.grow(0, 30);
    expect([view.scrolled, ...view.first]).toEqual([650, 6, -20]);
  });

  it('is not asked for at the top while the person is elsewhere', () => {
    anchor.hold();
    const { calls } = view.looks.mock;
    const before = calls.length;
    anchor.hold();
    anchor.hold();
    expect(calls).toHaveLength(before);
    view.grow(0, 300);
    expect(view.scrolled).toBe(0);
  });
});
