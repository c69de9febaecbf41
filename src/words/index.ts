/** The words between this page and the server: docs/live.md, the twin of `open_interpreter_lab/words/`. */

export * from './asking';
export * from './events';
export * from './guards';
export * from './orders';
export * from './records';
export * from './telling';
