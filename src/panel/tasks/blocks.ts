const FENCE = /^\s*(`{3,}|~{3,})/;
const ITEM = /^\s*([-*+]|\d{1,9}[.)])(\s|$)/;
const INDENTED = /^( {2}|\t)/;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:\s*\S/m;

/**
 * Markdown in pieces that can be rendered each by itself, so that what streams in touches the last one alone.
 *
 * A text that is whole and has definitions of links stays one piece, since those hold for all of it.
 */
export function splitBlocks(text: string, isOpen: boolean): string[] {
  if (!isOpen && DEFINITION.test(text)) {
    return [text];
  }
  const blocks: string[][] = [];
  let fence = '';
  let isAfterBlank = true;
  for (const line of text.split('\n')) {
    const isBlank = line.trim() === '';
    const last = blocks[blocks.length - 1];
    if (!last || (!fence && isAfterBlank && !isBlank && !continues(last, line))) {
      blocks.push([line]);
    } else {
      last.push(line);
    }
    fence = fenceAfter(fence, line);
    isAfterBlank = isBlank;
  }
  return blocks.map(lines => lines.join('\n')).filter(block => block.trim());
}

/** Whether a line after a blank one still belongs to the block: the inside of a list, or its next item. */
function continues(block: readonly string[], line: string): boolean {
  return INDENTED.test(line) || (ITEM.test(block[0] ?? '') && ITEM.test(line));
}

/** The fence that is open after this line, empty where none is. */
function fenceAfter(fence: string, line: string): string {
  const found = FENCE.exec(line)?.[1] ?? '';
  if (!fence) {
    return found;
  }
  return found.startsWith(fence) && line.trim() === found ? '' : fence;
}

/** A code as Markdown, in a fence that nothing in it can close. */
export function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(match => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language.replace(/[^\w+#.-]/g, '')}\n${code}\n${fence}`;
}

/**
 * The same Markdown without diagrams: their source is shown.
 *
 * What draws them loads the pictures that a diagram names, before anybody can look at the result.
 */
export function withoutDiagrams(text: string): string {
  return text.replace(/(`{3,}|~{3,})\s*mermaid[^\S\n]*$/gim, '$1text');
}
