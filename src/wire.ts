/**
 * The words between a kernel and the notebook that is open here: docs/wire.md, the twin of `core/edits.py`.
 *
 * Whatever comes from a kernel is `unknown` until a guard of this file has seen it. Golden files in tests/golden are
 * read by pytest and by jest, and hold both ends to the same words.
 */

/** The comm target that a kernel opens for each prompt that runs. */
export const COMM_TARGET = 'open_interpreter';
/** Key in an execute request's metadata: the session id of the sender, which says that somebody here does the edits. */
export const CLIENT_KEY = 'open_interpreter_client';
/** Key in an execute request's metadata with the `IPlace` of a prompt cell. */
export const PLACE_KEY = 'open_interpreter_place';
/** Key in an execute request's metadata with the number of the last `IRemove` that was carried out here. */
export const REMOVED_KEY = 'open_interpreter_removed';
/** Key in a cell's own metadata. */
export const METADATA_KEY = 'open_interpreter';

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** A JSON object. */
export type JsonObject = Record<string, Json>;

/** One code cell of a reply. */
export interface ICell {
  type: 'Cell';
  id: string;
  source: string;
  language: string;
  turn: number;
  attempt: number;
}

/** The level of a cell and at most three plain reasons for it. */
export interface IJudgement {
  type: 'Judgement';
  level: 'L0' | 'L1' | 'L2' | 'L3';
  reasons: string[];
}

/** May this cell run? `opening` marks the one question that opens `auto`. */
export interface IQuestion {
  type: 'Question';
  cell: ICell;
  judgement: IJudgement;
  host: string;
  opening: boolean;
  id: string;
}

/** What a person can answer to an `IQuestion`. */
export type Choice = 'run' | 'rest' | 'refuse' | 'computing' | 'each' | 'insert';

/** The person's choice, with a word to the model where there is one. */
export interface IAnswer {
  type: 'Answer';
  choice: Choice;
  word: string;
  nobody: boolean;
  /** The code as the person has changed it before letting it run; empty where it was left as it is. */
  source: string;
}

/** An `IAnswer` on its way back. */
export interface IAnswered {
  type: 'Answered';
  question: string;
  answer: IAnswer;
}

/** The answer to `IChoose`. */
export interface IChosen {
  type: 'Chosen';
  question: string;
  choice: 'keep' | 'replace' | 'cancel';
}

/** Put a new cell directly below the cell `after`. */
export interface IInsert {
  type: 'Insert';
  id: string;
  after: string;
  kind: 'code' | 'markdown';
  source: string;
  metadata: JsonObject;
}

/** Add text at the end of a cell's source, while the model writes. */
export interface IAppend {
  type: 'Append';
  id: string;
  text: string;
}

/** Replace a cell's whole source; its outputs stay until it runs. */
export interface IRewrite {
  type: 'Rewrite';
  id: string;
  source: string;
}

/** The cell runs now, under a parent message of this id. */
export interface IRun {
  type: 'Run';
  id: string;
  msg_id: string;
  source: string;
}

/** Set the value under METADATA_KEY of a cell's metadata. */
export interface IStamp {
  type: 'Stamp';
  id: string;
  metadata: JsonObject;
}

/** Take these cells out of the notebook; `number` counts up within a kernel. */
export interface IRemove {
  type: 'Remove';
  ids: string[];
  number: number;
}

/** Give the prompt cell this first line and this task id. */
export interface ISettle {
  type: 'Settle';
  id: string;
  first_line: string;
  task: string;
}

/** A settled prompt was run: `ids` stand for it. */
export interface IStanding {
  type: 'Standing';
  id: string;
  ids: string[];
}

/** Show a question at the prompt cell. */
export interface IAsk {
  type: 'Ask';
  id: string;
  question: IQuestion;
}

/** A person edited owned cells: Keep mine, Replace or Cancel. */
export interface IChoose {
  type: 'Choose';
  id: string;
  question: string;
  edited: string[];
}

/** What the document itself goes through. */
export type DocumentEdit = IInsert | IAppend | IRewrite | IStamp | IRemove | ISettle;
/** Everything that a kernel can want of the notebook. */
export type Edit = DocumentEdit | IRun | IStanding | IAsk | IChoose;

/** A cell of the open notebook; `output` is trimmed text. */
export interface INotebookCell {
  type: 'NotebookCell';
  id: string;
  kind: 'code' | 'markdown' | 'raw';
  source: string;
  task: string;
  source_hash: string;
  count: number | null;
  output: string;
}

/** Where a prompt cell stands. */
export interface IPlace {
  type: 'Place';
  prompt: string;
  cells: INotebookCell[];
  path: string;
  task: string;
}

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string';
const isTexts: Check = value => Array.isArray(value) && value.every(isText);
const isNumber: Check = value => typeof value === 'number';
const isFlag: Check = value => typeof value === 'boolean';
const oneOf =
  (...words: string[]): Check =>
  value =>
    typeof value === 'string' && words.includes(value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shape =
  (type: string, fields: Record<string, Check>): Check =>
  value =>
    isObject(value) && value.type === type && Object.entries(fields).every(([name, check]) => check(value[name]));

const isCell = shape('Cell', { id: isText, source: isText, language: isText, turn: isNumber, attempt: isNumber });
const isJudgement = shape('Judgement', { level: oneOf('L0', 'L1', 'L2', 'L3'), reasons: isTexts });
const isQuestion = shape('Question', {
  cell: isCell,
  judgement: isJudgement,
  host: isText,
  opening: isFlag,
  id: isText
});

const EDITS: Record<Edit['type'], Check> = {
  Insert: shape('Insert', {
    id: isText,
    after: isText,
    kind: oneOf('code', 'markdown'),
    source: isText,
    metadata: isObject
  }),
  Append: shape('Append', { id: isText, text: isText }),
  Rewrite: shape('Rewrite', { id: isText, source: isText }),
  Run: shape('Run', { id: isText, msg_id: isText, source: isText }),
  Stamp: shape('Stamp', { id: isText, metadata: isObject }),
  Remove: shape('Remove', { ids: isTexts, number: isNumber }),
  Settle: shape('Settle', { id: isText, first_line: isText, task: isText }),
  Standing: shape('Standing', { id: isText, ids: isTexts }),
  Ask: shape('Ask', { id: isText, question: isQuestion }),
  Choose: shape('Choose', { id: isText, question: isText, edited: isTexts })
};

/** Whether this JSON of a kernel is an edit, with every field as docs/wire.md has it. */
export function isEdit(value: unknown): value is Edit {
  const type = isObject(value) ? value.type : undefined;
  return typeof type === 'string' && Object.hasOwn(EDITS, type) && EDITS[type as Edit['type']](value);
}

/** What a cell's metadata tells of the task that made it; empty where nothing or nonsense stands there. */
export function markOf(metadata: unknown): { task: string; sourceHash: string } {
  const mark = isObject(metadata) ? metadata[METADATA_KEY] : undefined;
  const text = (name: string): string => {
    const value = isObject(mark) ? mark[name] : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { task: text('task'), sourceHash: text('source_hash') };
}

/** Whether a cell with this source is a prompt cell. */
export function isPrompt(source: string): boolean {
  return /^\s*%%?interpret(?!\w)/.test(source);
}
