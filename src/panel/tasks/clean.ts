/**
 * HTML that came of a model's Markdown, built anew from what is harmless.
 *
 * It is parsed into a document that loads and runs nothing; what is known to be harmless is made again, element by
 * element, and everything else is left behind. So no remote picture is ever fetched, not even before it is attached:
 * an address in a picture is how a text that was slipped to the model could carry something out.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const KEPT = words(
  'p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code span em strong b i u s del ins sub sup kbd samp ' +
    'var mark small abbr q cite table thead tbody tfoot tr th td caption details summary div figure figcaption'
);
const DROPPED = words('script style template title head meta base link math select datalist');
const MEDIA = words(
  'img image picture video audio source track iframe frame frameset object embed applet svg canvas portal'
);
/** Attributes whose value is a number. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  ol: ['start'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan']
};
/** Classes that CodeMirror's highlighter makes; any other could dress a text up as a part of the page. */
const CLASS = /^(\u037c[a-z0-9]+|language-[\w+#.-]+)$/i;
const DRAWN = /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i;
const LINK = /^(https?:\/\/|mailto:)/i;
const DEEPEST = 60;

/** Says in the person's language that something was not fetched; `address` is where it lies, maybe empty. */
export type Withheld = (address: string) => string;

/** A fragment of harmless elements. */
export function cleaned(html: string, withheld: Withheld): DocumentFragment {
  const fragment = document.createDocumentFragment();
  copyChildren(new DOMParser().parseFromString(html, 'text/html').body, fragment, withheld, 0);
  return fragment;
}

function copyChildren(from: Node, to: Node, withheld: Withheld, depth: number): void {
  for (const child of from.childNodes) {
    if (child instanceof Text) {
      to.appendChild(document.createTextNode(child.data));
    } else if (child instanceof Element) {
      copy(child, to, withheld, depth + 1);
    }
  }
}

function copy(element: Element, to: Node, withheld: Withheld, depth: number): void {
  const name = element.localName;
  if (MEDIA.has(name)) {
    to.appendChild(medium(element, withheld));
  } else if (name === 'input') {
    to.appendChild(tick(element));
  } else if (depth > DEEPEST) {
    to.appendChild(document.createTextNode(element.textContent));
  } else if (!DROPPED.has(name)) {
    const made = name === 'a' ? link(element) : KEPT.has(name) ? kept(element, name) : null;
    copyChildren(element, made ?? to, withheld, depth);
    if (made) {
      to.appendChild(name === 'table' ? wide(made) : made);
    }
  }
}

function kept(element: Element, name: string): HTMLElement {
  const made = document.createElement(name);
  const classes = (element.getAttribute('class') ?? '').split(/\s+/).filter(word => CLASS.test(word));
  if (classes.length > 0 && (name === 'code' || name === 'span')) {
    made.className = classes.join(' ');
  }
  for (const attribute of NUMBERS[name] ?? []) {
    const value = Number.parseInt(element.getAttribute(attribute) ?? '', 10);
    if (value >= 0 && value < 10_000) {
      made.setAttribute(attribute, String(value));
    }
  }
  const align = element.getAttribute('align') ?? '';
  if ((name === 'td' || name === 'th') && /^(left|right|center)$/.test(align)) {
    made.style.textAlign = align;
  }
  if (name === 'pre') {
    made.tabIndex = 0;
  }
  return made;
}

/** A link that opens beside the notebook; null where its address leads into this page or runs something. */
function link(element: Element): HTMLElement | null {
  const address = element.getAttribute('href')?.trim() ?? '';
  if (!LINK.test(address)) {
    return null;
  }
  const made = document.createElement('a');
  made.href = address;
  made.title = made.href;
  made.target = '_blank';
  made.rel = 'noopener noreferrer';
  return made;
}

/** A picture whose bytes are here; else a text that says where it lies. */
function medium(element: Element, withheld: Withheld): Node {
  const source = element.getAttribute('src')?.trim() ?? '';
  if (element.localName === 'img' && DRAWN.test(source)) {
    const made = document.createElement('img');
    made.alt = element.getAttribute('alt') ?? '';
    made.src = source;
    return made;
  }
  const made = document.createElement('span');
  made.className = 'jp-OpenInterpreter-withheld';
  made.textContent = withheld(address(element));
  return made;
}

function address(element: Element): string {
  const inside = [element, ...element.querySelectorAll('*')];
  const found = inside.flatMap(each =>
    ['src', 'srcset', 'data', 'href', 'poster'].map(name => each.getAttribute(name))
  );
  const first = found.find(value => value?.trim()) ?? '';
  return first.length > 300 ? `${first.slice(0, 300)}…` : first;
}

/** The box of a list of tasks; any other field becomes nothing. */
function tick(element: Element): Node {
  if (element.getAttribute('type') !== 'checkbox') {
    return document.createTextNode('');
  }
  return document.createTextNode(element.hasAttribute('checked') ? '☑ ' : '☐ ');
}

/** A table that scrolls by itself where the panel is narrow. */
function wide(table: HTMLElement): HTMLElement {
  const made = document.createElement('div');
  made.className = 'jp-OpenInterpreter-wide';
  made.tabIndex = 0;
  made.appendChild(table);
  return made;
}
