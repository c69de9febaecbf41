/** The side panel: its frame and where one writes; the conversation is in `tasks/`. */

export { createPanel } from './widget';
