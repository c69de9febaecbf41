/** What the server says to a page. */

import type { IImage } from './asking';
import type { IOrder } from './orders';
import type { IRecord } from './records';

/** One chat. `path` is the notebook's, as the server names it; times are seconds since 1970. */
export interface IChat {
  type: 'Chat';
  id: string;
  path: string;
  name: string;
  created: number;
  updated: number;
}

/** One message of the chat dialect that every server speaks. */
export interface IMessage {
  type: 'Message';
  role: 'system' | 'user' | 'assistant';
  text: string;
  images: IImage[];
}

/** The first word on every connection. */
export interface IWelcome {
  type: 'Welcome';
  version: string;
  model: string;
  set_up: boolean;
  vision: boolean;
  trouble: string;
}

/** A chat in a list, whether a task runs in it, and whether that waits for an answer. */
export interface IListed {
  type: 'Listed';
  chat: IChat;
  running: boolean;
  waiting: boolean;
}

/** The chats about a notebook, the latest first. */
export interface IChats {
  type: 'Chats';
  path: string;
  chats: IListed[];
}

/** A chat from its beginning on; `seq` is the number of the last record. What the page had of it is void. */
export interface IOpened {
  type: 'Opened';
  chat: IChat;
  records: IRecord[];
  seq: number;
  running: boolean;
}

/** More records of a chat that the page follows. */
export interface IHappened {
  type: 'Happened';
  chat: string;
  records: IRecord[];
}

/** A chat was deleted. */
export interface IGone {
  type: 'Gone';
  chat: string;
}

/** What a request would hold. `price` is in US dollars, None where it is not known. */
export interface IPreviewed {
  type: 'Previewed';
  id: string;
  messages: IMessage[];
  tokens: number;
  price: number | null;
  trouble: string;
}

/** Something that `@` can refer to: `insert` is what is written, `detail` what it is in a few words. */
export interface IName {
  type: 'Name';
  insert: string;
  kind: 'variable' | 'column' | 'cell' | 'file';
  detail: string;
}

/** The answer to `Look`. */
export interface ISeen {
  type: 'Seen';
  id: string;
  names: IName[];
  trouble: string;
}

/** A sketch so far: the whole source as it stands now, and prose beside it. The last one has `done` set. */
export interface IDrawn {
  type: 'Drawn';
  id: string;
  source: string;
  prose: string;
  done: boolean;
  trouble: string;
}

/** Something that the page said could not be done: why, in words for the person. `about` is its chat or id. */
export interface IFailed {
  type: 'Failed';
  text: string;
  about: string;
}

/** Everything that the server says. */
export type FromServer =
  IWelcome | IChats | IOpened | IHappened | IGone | IPreviewed | ISeen | IDrawn | IFailed | IOrder;
