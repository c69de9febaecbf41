/** Characters that let a text look like what it is not: nobody sees them, or they turn the direction of what follows. */
const UNSEEN =
  /(?![\n\t]|\r\n)(?!(?<=\p{Extended_Pictographic})\ufe0f)(?!(?<=\p{Extended_Pictographic}\ufe0f?)\u200d\p{Extended_Pictographic})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;
// eslint-disable-next-line no-control-regex -- the sequence that colours a terminal begins with a control character
const COLOURS = /\u001b\[[0-9;]*m/g;

/** A stretch of text that can be read, or one character that cannot, spelt out as `U+202E`. */
export interface IStretch {
  text: string;
  isSpelt: boolean;
}

/** A text in stretches: what nobody could see is spelt out, and told apart from a text that reads the same. */
export function stretches(text: string): IStretch[] {
  const found: IStretch[] = [];
  let end = 0;
  for (const match of text.matchAll(UNSEEN)) {
    found.push({ text: text.slice(end, match.index), isSpelt: false }, { text: spelling(match[0]), isSpelt: true });
    end = match.index + match[0].length;
  }
  found.push({ text: text.slice(end), isSpelt: false });
  return found.filter(stretch => stretch.text);
}

/** The same as one text, for where no marks can be set: ‹U+202E›. */
export function spellOut(text: string): string {
  return text.replace(UNSEEN, sign => `‹${spelling(sign)}›`);
}

/** What a kernel printed, without the signs that colour a terminal. */
export function withoutColours(text: string): string {
  return text.replace(COLOURS, '');
}

/** The number of lines; a line feed at the end begins none. */
export function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

/** The first line that says something, without what stands before it. */
export function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find(line => line.trim())
      ?.trim() ?? ''
  );
}

/** The first line that tells what a source is about: what it only brings in tells little. */
export function tellingLine(source: string): string {
  const lines = source
    .split('\n')
    .filter(line => !/^\s*(import\s|from\s+\S+\s+import\s|library\(|require\()/.test(line));
  return firstLine(lines.join('\n')) || firstLine(source);
}

/** The last line that says something. */
export function lastLine(text: string): string {
  return firstLine(text.split('\n').reverse().join('\n'));
}

function spelling(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
