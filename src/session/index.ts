/** The room of chats and their tasks as they are shown. */
export { Asking, readAsking, type Hindrance } from './asking';
export { Chats } from './chats';
export { HeldNotebooks } from './held';
