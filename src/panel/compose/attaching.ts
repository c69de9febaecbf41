import type { ICellSight } from '../../contracts';
import type { IQuote } from '../../words';
import type { Composing } from './composing';
import { hasRoom } from './limits';
import { readPicture } from './pictures';
import { cellQuotes, LONG, pastedQuote } from './quotes';
import { fileReference } from './references';

/** Attach pictures to the draft, each by itself: one that cannot be read is told and takes nothing else along. */
export async function attachPictures(composing: Composing, files: readonly File[]): Promise<void> {
  const { trans } = composing.services;
  const path = composing.path;
  const troubles: string[] = [];
  for (const file of files) {
    try {
      const image = await readPicture(file, trans);
      const draft = composing.drafts.of(path);
      if (hasRoom(draft, image.data.length)) {
        composing.drafts.change(path, { images: [...draft.images, image] });
      } else {
        troubles.push(noRoom(composing));
      }
    } catch (reason) {
      troubles.push(reason instanceof Error ? reason.message : String(reason));
    }
  }
  if (troubles.length > 0) {
    composing.tell([...new Set(troubles)].join(' '));
  }
}

/** Attach a text that was pasted, if it is a long one; tells whether it was taken. */
export function attachPasted(composing: Composing, text: string): boolean {
  if (text.length <= LONG) {
    return false;
  }
  const { trans } = composing.services;
  const { quote, wasCut } = pastedQuote(text, trans);
  if (attach(composing, [quote]) && wasCut) {
    composing.tell(
      trans.__('The pasted text is very long: its beginning and its end are attached, the middle is left out.'),
      'hint'
    );
  }
  return true;
}

/** Attach these cells as they read now; one that is attached already is not attached again. */
export function attachCells(composing: Composing, cells: readonly ICellSight[]): void {
  const has = (quote: IQuote): boolean => composing.draft.quotes.some(each => each.text === quote.text);
  attach(
    composing,
    cellQuotes(cells, composing.services.trans).filter(quote => !has(quote))
  );
  composing.focus();
}

/** Refer to these files at the end of the text. */
export function referToFiles(composing: Composing, files: readonly string[]): void {
  const { text } = composing.draft;
  const names = files.map(file => fileReference(file, composing.path));
  composing.use(`${text}${text === '' || /\s$/.test(text) ? '' : ' '}${names.join(' ')} `);
}

function attach(composing: Composing, quotes: readonly IQuote[]): boolean {
  const length = quotes.reduce((sum, quote) => sum + quote.text.length, 0);
  if (!hasRoom(composing.draft, length)) {
    composing.tell(noRoom(composing));
    return false;
  }
  composing.change({ quotes: [...composing.draft.quotes, ...quotes] });
  return true;
}

function noRoom(composing: Composing): string {
  return composing.services.trans.__(
    'That is more than one message can carry (8 MB). Send what is attached first, or remove some of it.'
  );
}
