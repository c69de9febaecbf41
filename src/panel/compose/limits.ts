import type { IDraft } from '../../contracts';

/** The kinds of picture that models read. */
export const KINDS: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
/** A file above this, in bytes, is not even opened. */
export const HUGE = 50e6;
/** A picture above this, in bytes, is made smaller. */
export const HEAVY = 1.5e6;
/** A picture with a side above this, in pixels, is made smaller. */
export const WIDE = 2048;
/** All attachments of one message together, in characters on the wire: servers refuse words above 10 MiB. */
export const ROOM = 8e6;

/** Whether a picture can go along as it is. */
export function goesAsItIs(kind: string, bytes: number, width: number, height: number): boolean {
  return KINDS.includes(kind) && bytes <= HEAVY && Math.max(width, height) <= WIDE;
}

/** The size to which a picture is scaled so that no side is above `most`; never larger than it is. */
export function scaled(width: number, height: number, most = WIDE): { width: number; height: number } {
  const factor = Math.min(1, most / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** Whether `more` characters fit beside what a draft has attached already. */
export function hasRoom(draft: IDraft, more: number): boolean {
  const quotes = draft.quotes.reduce((sum, quote) => sum + quote.text.length, 0);
  const images = draft.images.reduce((sum, image) => sum + image.data.length, 0);
  return quotes + images + more <= ROOM;
}
