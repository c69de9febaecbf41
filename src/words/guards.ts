import type { FromServer } from './telling';

/** Whether this JSON of the server is a word of docs/live.md. */
export function isFromServer(value: unknown): value is FromServer {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
