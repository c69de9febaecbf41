import type { Extension, Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  type PluginValue,
  ViewPlugin,
  type ViewUpdate,
  WidgetType
} from '@codemirror/view';

/** The first line of a settled prompt: what stands before the mark, and the mark itself. */
const SETTLED = /^(\s*%%?interpret(?!\w).*?)(\s--settled[\s=]+[0-9a-f]{8})(?!\S)/;

/** What the badge says, and what it says more to who asks. */
export interface IBadgeText {
  label: string;
  title: string;
}

/** Where the mark stands in a document, null where there is none. */
export function markIn(document: Text): { from: number; to: number } | null {
  for (let number = 1; number <= document.lines; number++) {
    const line = document.line(number);
    if (line.text.trim()) {
      const match = SETTLED.exec(line.text);
      const from = line.from + (match?.[1]?.length ?? 0);
      return match?.[2] ? { from, to: from + match[2].length } : null;
    }
  }
  return null;
}

/** Shows `--settled HASH` as a badge. It is one thing to the cursor: a Backspace takes the whole mark away. */
export function settledBadge(text: IBadgeText): Extension {
  const badge = Decoration.replace({ widget: new Badge(text) });
  const decorate = (view: EditorView): DecorationSet => {
    const mark = markIn(view.state.doc);
    return mark ? Decoration.set([badge.range(mark.from, mark.to)]) : Decoration.none;
  };
  class Marks implements PluginValue {
    /** Look once. */
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    /** Look again where the text changed. */
    update(update: ViewUpdate): void {
      if (update.docChanged) {
        this.decorations = decorate(update.view);
      }
    }

    decorations: DecorationSet;
  }
  return ViewPlugin.fromClass(Marks, {
    decorations: marks => marks.decorations,
    provide: plugin => EditorView.atomicRanges.of(view => view.plugin(plugin)?.decorations ?? Decoration.none)
  });
}

class Badge extends WidgetType {
  constructor(private readonly _text: IBadgeText) {
    super();
  }

  override eq(other: Badge): boolean {
    return other._text === this._text;
  }

  override toDOM(): HTMLElement {
    const badge = document.createElement('span');
    badge.className = 'jp-OpenInterpreter-settled';
    badge.textContent = this._text.label;
    badge.title = this._text.title;
    return badge;
  }
}
