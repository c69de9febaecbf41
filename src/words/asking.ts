/** What a page says to the server. */

import type { IAnswer } from '../wire';
import type { IDone } from './orders';
import type { Command } from './records';

/** When cells run, from the strictest to the loosest. */
export type Mode = 'suggest' | 'ask' | 'auto';

/** A text that the person attached to an instruction: a selected cell, a pasted table. It is data, not an order. */
export interface IQuote {
  type: 'Quote';
  label: string;
  text: string;
}

/** A picture: its MIME type and its bytes as base64 text. */
export interface IImage {
  type: 'Image';
  mime: string;
  data: string;
}

/** One notebook that is open in a page. `kernel` is the kernel's id, empty where none runs. */
export interface IHolding {
  type: 'Holding';
  path: string;
  kernel: string;
  kernel_name: string;
  language: string;
  readonly: boolean;
  modified: string;
}

/** All notebooks that are open in this page, sent at the start and at every change; `front` is the one in front. */
export interface IHold {
  type: 'Hold';
  notebooks: IHolding[];
  front: string;
}

/** A notebook, open in this page or not, or a folder of notebooks has another path now. */
export interface IRenamed {
  type: 'Renamed';
  old: string;
  new: string;
}

/**
 * What a person asks for, about the notebook at `path`.
 *
 * `cell` is the id of the cell that a command is about, `anchor` of the one below which new cells go (empty: the end).
 * `mode` and `max_turns` come from JupyterLab's settings; a mode only ever tightens.
 */
export interface IWish {
  type: 'Wish';
  path: string;
  text: string;
  command: Command;
  cell: string;
  anchor: string;
  quotes: IQuote[];
  images: IImage[];
  shares: boolean;
  mode: Mode | null;
  max_turns: number | null;
}

/** Which chats are there about this notebook? Answered by `Chats`, again whenever that changes. */
export interface IListChats {
  type: 'ListChats';
  path: string;
}

/**
 * Follow a chat from now on. `after` is the number of the last record that the page has, 0 for none.
 *
 * Answered by `Opened`, or by the missing records alone where the server can tell them.
 */
export interface IOpenChat {
  type: 'OpenChat';
  chat: string;
  after: number;
}

/** Follow this chat no more. */
export interface ILeaveChat {
  type: 'LeaveChat';
  chat: string;
}

/**
 * Begin a task, or steer the one that runs. `task` is an id of the page's making: saying it twice does it once.
 *
 * A chat that is not there yet is made. `instead` is the task from which on the chat is cut before (edit and resend,
 * regenerate); with `undo` its cells are taken back first.
 */
export interface ISay {
  type: 'Say';
  chat: string;
  task: string;
  wish: IWish;
  instead: string;
  undo: boolean;
}

/** End this task of the chat, and its kernel's work for it; without one, whichever runs. */
export interface IStop {
  type: 'Stop';
  chat: string;
  task: string;
}

/** A person's answer to a question that stands in this chat. */
export interface IDecide {
  type: 'Decide';
  chat: string;
  question: string;
  answer: IAnswer;
}

/** Take back what a task did to the notebook, as far as nobody has changed it since. */
export interface IUndo {
  type: 'Undo';
  chat: string;
  task: string;
}

/** Give a chat another name. */
export interface INameChat {
  type: 'NameChat';
  chat: string;
  name: string;
}

/** Forget a chat; the notebook's cells stay. */
export interface IDeleteChat {
  type: 'DeleteChat';
  chat: string;
}

/** What exactly would be sent for this wish in this chat? Answered by `Previewed`; nothing is sent. */
export interface IPreview {
  type: 'Preview';
  id: string;
  chat: string;
  wish: IWish;
}

/** Which names can be referred to in this notebook? Answered by `Seen`. */
export interface ILook {
  type: 'Look';
  id: string;
  path: string;
}

/** Write or rewrite one cell, which is not run. `source` is what stands in it now. Answered by `Drawn` pieces. */
export interface ISketch {
  type: 'Sketch';
  id: string;
  path: string;
  cell: string;
  source: string;
  text: string;
}

/** The sketch of this id is not wanted any more. */
export interface IDropSketch {
  type: 'DropSketch';
  id: string;
}

/** Everything that a page says. */
export type FromPage =
  | IHold
  | IRenamed
  | IListChats
  | IOpenChat
  | ILeaveChat
  | ISay
  | IStop
  | IDecide
  | IUndo
  | INameChat
  | IDeleteChat
  | IPreview
  | ILook
  | ISketch
  | IDropSketch
  | IDone;
