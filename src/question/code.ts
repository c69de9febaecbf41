import { element } from './form';

/** Characters that let code look like what it is not: they change the direction of text, or have no width. */
const HIDDEN = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The code as it would run, whole: long lines wrap, and characters that nobody can see are spelt out. */
export function codeView(source: string, label: string): HTMLElement {
  const view = element('pre', 'jp-OpenInterpreter-code', spellOut(source));
  view.tabIndex = 0;
  view.setAttribute('role', 'region');
  view.setAttribute('aria-label', label);
  return view;
}

/** The text with every hidden character as ‹U+202E›. */
export function spellOut(source: string): string {
  return source.replace(HIDDEN, sign => `‹U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}
