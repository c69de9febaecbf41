/** What the rooms of the panel offer each other: connection, notebooks, chats. Interfaces alone, and their tokens. */

import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import type { IAnswer } from './wire';
import type {
  Command,
  FromPage,
  FromServer,
  IChat,
  IDone,
  IFinished,
  IHolding,
  IImage,
  IListed,
  IOrder,
  IQuote,
  ISaid,
  IStep,
  IWaits,
  IWelcome,
  IWish,
  Mode,
  Status
} from './words';

/** How the connection to the server stands. refused: the server says no (not installed there, not logged in). */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused';

/** The one connection of this page to the server's part. */
export interface ILiveClient extends IDisposable {
  readonly connection: Connection;
  /** The server's first word; null before the first connection. It comes anew with each connection and model change. */
  readonly welcome: IWelcome | null;
  /** Emitted when `connection` or `welcome` has changed. */
  readonly changed: ISignal<ILiveClient, void>;
  /** Every word of the server, in order. */
  readonly received: ISignal<ILiveClient, FromServer>;
  /** Say something; what is said while there is no connection is said when there is one again. */
  send(word: FromPage): void;
  /** Try to connect now. */
  retry(): void;
  /** A call of the server's REST part, below `open-interpreter/api/`; rejects with an Error whose message is for people. */
  request(path: string, method?: 'GET' | 'PUT' | 'POST' | 'DELETE', body?: unknown): Promise<unknown>;
}

/** A cell as the panel needs to know of it. */
export interface ICellSight {
  id: string;
  kind: 'code' | 'markdown' | 'raw';
  source: string;
  count: number | null;
  /** The last line of its error; empty where it did not fail. */
  error: string;
}

/** The notebooks that are open in this page. */
export interface INotebooks extends IDisposable {
  /** The path of the notebook in front, or last in front; empty where none is open. */
  readonly front: string;
  /** Emitted when notebooks, kernels, the one in front, its selection or its cells' states have changed. */
  readonly changed: ISignal<INotebooks, void>;
  /** Emitted when a notebook, open here or not, or a folder of notebooks has another path. */
  readonly renamed: ISignal<INotebooks, { old: string; new: string }>;
  holdings(): IHolding[];
  /** Carry out an order of the server at once; after the file has been loaded again where `Revert` has begun that. */
  carryOut(order: IOrder): IDone | Promise<IDone>;
  /** The cells that are selected there; the active one alone where only that is. */
  selected(path: string): ICellSight[];
  active(path: string): ICellSight | null;
  cell(path: string, id: string): ICellSight | null;
  /** The cell that failed last. */
  failing(path: string): ICellSight | null;
  /** Scroll to a cell and let it flash once; only ever on a person's click. */
  reveal(path: string, id: string): void;
  /** Open a notebook by its path, or bring it to the front. */
  open(path: string): void;
  /** Run a cell as the person would. */
  run(path: string, id: string): void;
  /** Show a widget above the input of a cell; it is disposed with the cell. False where the cell is not in sight of a page. */
  showAbove(path: string, id: string, widget: Widget): boolean;
  /** Replace the source of a cell as one step of undo, if it still reads so; tells whether it did. */
  rewrite(path: string, id: string, expected: string, source: string): boolean;
  /** Put an empty code cell below this one and make it the active one; its id, empty where that cannot be. */
  insertBelow(path: string, id: string): string;
  /** Take out a cell that `insertBelow` has made, if it is still empty. */
  discard(path: string, id: string): void;
  /** Put the keyboard's focus on a cell: into its editor, or on the cell as a whole. */
  focus(path: string, id: string, edit?: boolean): void;
}

/** One attempt at a cell. */
export interface IAttempt {
  number: number;
  source: string;
  /** drafting: it is being written. waiting: for an answer or its turn. running. Else what came of it. */
  state: 'drafting' | 'waiting' | 'running' | 'dropped' | Status;
  /** Seconds since 1970 at which it began to run, 0 before. */
  since: number;
  seconds: number;
  count: number | null;
  shows: string;
  pictures: number;
  error: string;
  traceback: string;
  note: string;
  level: string;
  reasons: string[];
}

/** One thing to be shown of a task, in order. `version` goes up with every change of it. */
export type Part =
  | { kind: 'prose'; key: string; version: number; text: string; isOpen: boolean }
  | { kind: 'thought'; key: string; version: number; text: string; isOpen: boolean }
  | {
      kind: 'cell';
      key: string;
      version: number;
      id: string;
      language: string;
      before: string | null;
      attempts: IAttempt[];
    }
  | { kind: 'steer'; key: string; version: number; text: string }
  | { kind: 'notice'; key: string; version: number; text: string }
  | { kind: 'lost'; key: string; version: number; restarted: boolean; variables: string[]; cells: string[] };

/** One task of a chat: what was asked and everything that came of it. */
export interface ITaskView {
  readonly id: string;
  readonly said: ISaid;
  readonly parts: readonly Part[];
  readonly plan: readonly IStep[];
  /** What it does now. sending: the server does not know of it yet. */
  readonly phase: 'sending' | 'queued' | 'asking' | 'writing' | 'waiting' | 'running' | 'over';
  /** With 'queued': how many other tasks are ahead on the kernel. */
  readonly ahead: number;
  readonly question: IWaits | null;
  readonly model: string;
  readonly host: string;
  readonly tokens: number;
  readonly finished: IFinished | null;
  readonly isUndone: boolean;
  /** Cells that were kept when it was undone, since somebody had changed them. */
  readonly kept: readonly string[];
  readonly version: number;
}

/** One chat as it is shown; it knows no DOM. */
export interface IChatView extends IDisposable {
  readonly id: string;
  readonly info: IChat;
  readonly isRunning: boolean;
  /** False until the server has told what there is. */
  readonly isLoaded: boolean;
  readonly tasks: readonly ITaskView[];
  /** Emitted on every change, synchronously; `task` is the one that changed, empty where it is about the whole. */
  readonly changed: ISignal<IChatView, { task: string }>;
  /** Begin a task, or steer the one that runs. With `instead` the chat is cut at that task; `undo` takes its cells back. */
  say(wish: IWish, instead?: string, undo?: boolean): void;
  stop(): void;
  decide(question: string, answer: Omit<IAnswer, 'type' | 'nobody'>): void;
  undo(task: string): void;
}

/** The chats about the notebook in front, and which of them is shown. */
export interface IChats extends IDisposable {
  /** The notebook that the shown chat is about; empty where none is open. */
  readonly path: string;
  readonly list: readonly IListed[];
  readonly shown: IChatView | null;
  /** What could not be done, for the person; empty when all is well. */
  readonly trouble: string;
  /** Emitted when any of these has changed. */
  readonly changed: ISignal<IChats, void>;
  /** Show a chat of this notebook; the one that could not be loaded is asked for again. */
  show(chat: string): void;
  startNew(): void;
  rename(chat: string, name: string): void;
  remove(chat: string): void;
  dismissTrouble(): void;
}

/** What a person has begun to write, and what goes along with it; kept for each notebook while the page lives. */
export interface IDraft {
  text: string;
  quotes: IQuote[];
  images: IImage[];
  shares: boolean;
}

/** What the person has set for the panel; `schema/panel.json` tells each. */
export interface IPreferences {
  readonly mode: Mode;
  readonly maxTurns: number;
  readonly sendWithEnter: boolean;
  readonly showThoughts: boolean;
  readonly showTokens: boolean;
  readonly changed: ISignal<IPreferences, void>;
  /** Set `mode` for all notebooks, as in the settings editor. */
  setMode(mode: Mode): void;
}

/** What can be asked about the notebook in front by a command, a button or a menu. */
export interface IAsking {
  /** The cell that it is about; the active one where this is empty. */
  cell?: string;
  command: Command;
  text?: string;
  /** The notebook that it is about; the one in front where this is empty. */
  path?: string;
}

/** The names of the commands that more than one room executes. */
export const COMMANDS = {
  /** Show the panel and put the focus where one writes. */
  show: 'open-interpreter:show-panel',
  /** Say what `IAsking` tells, about the notebook in front. */
  ask: 'open-interpreter:ask-about-cell',
  /** The prompt above the active cell. */
  edit: 'open-interpreter:edit-cell',
  /** The same above a new cell below the active one. */
  generate: 'open-interpreter:generate-below',
  chooseModel: 'open-interpreter:choose-model',
  newChat: 'open-interpreter:new-chat',
  stop: 'open-interpreter:stop-task',
  undo: 'open-interpreter:undo-task'
} as const;

/** The token of the connection. */
export const ILiveClient = new Token<ILiveClient>('open-interpreter-lab:ILiveClient', 'The connection to the server.');
/** The token of the open notebooks. */
export const INotebooks = new Token<INotebooks>('open-interpreter-lab:INotebooks', 'The notebooks that are open here.');
/** The token of the chats. */
export const IChats = new Token<IChats>('open-interpreter-lab:IChats', 'The chats about the notebook in front.');
/** The token of what the person has set. */
export const IPreferences = new Token<IPreferences>('open-interpreter-lab:IPreferences', 'What is set for the panel.');

/** The last task that did something to the notebook which can still be taken back. */
export function lastUndoable(chat: IChatView | null): ITaskView | undefined {
  return chat?.tasks
    .filter(task => task.finished && !task.isUndone && task.parts.some(part => part.kind === 'cell'))
    .at(-1);
}
