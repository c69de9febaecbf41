/** The conversation in the panel. */

export type { ITaskActions } from './conversation';
export { Examples } from './examples';
export { Tasks } from './tasks';
