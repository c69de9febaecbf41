/** What JupyterLab's notebook needs of a browser and jsdom has not. To be imported before the notebook. */
class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

class Answer {
  readonly status: number;

  constructor(_body: unknown, options: { status?: number } = {}) {
    this.status = options.status ?? 200;
  }
}

Object.assign(globalThis, {
  ResizeObserver: Observer,
  IntersectionObserver: Observer,
  DragEvent: class extends Event {},
  matchMedia: () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined
  }),
  fetch: () => Promise.reject(new Error('there is no server')),
  Request: class {},
  Headers: class {},
  Response: Answer,
  requestIdleCallback: (callback: () => void) => setTimeout(callback),
  cancelIdleCallback: clearTimeout
});
