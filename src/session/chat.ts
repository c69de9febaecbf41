import { UUID } from '@lumino/coreutils';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IChatView, ILiveClient, ITaskView } from '../contracts';
import type { IAnswer } from '../wire';
import type { IChat, IOpened, IRecord, IWish } from '../words';
import { TaskView } from './task';
import { type Deed, Unsaid } from './unsaid';

/** One chat as it is shown. It follows the server from the moment that there is something to follow. */
export class ChatView implements IChatView {
  #info: IChat;
  #isKnown: boolean;
  #isLoaded: boolean;
  #seq = 0;
  #tasks = new Map<string, TaskView>();
  #shown: readonly ITaskView[] = [];
  /** Cut here, and not yet told so by the server. */
  readonly #cutOff = new Set<string>();
  #isDisposed = false;
  readonly #unsaid = new Unsaid();
  readonly #changed = new Signal<this, { task: string }>(this);

  /** `isKnown` tells whether the server knows of it; a new one comes to be with the first thing that is said in it. */
  constructor(
    private readonly client: ILiveClient,
    info: IChat,
    isKnown: boolean
  ) {
    this.#info = info;
    this.#isKnown = isKnown;
    this.#isLoaded = !isKnown;
    this.resume();
  }

  /** Its id, which never changes. */
  get id(): string {
    return this.#info.id;
  }

  /** Its name and place. */
  get info(): IChat {
    return this.#info;
  }

  /** Take in another name or place. */
  set info(info: IChat) {
    const { name, path } = this.#info;
    this.#info = info;
    if (info.name !== name || info.path !== path) {
      this.#changed.emit({ task: '' });
    }
  }

  /** Whether a task runs in it, or is about to. */
  get isRunning(): boolean {
    return this.#shown.some(task => task.phase !== 'over');
  }

  /** False until the server has told what there is. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Whether something was said or done in it that the server may not have heard. */
  get isWaiting(): boolean {
    return this.#unsaid.open.length > 0;
  }

  /** Whether nothing was ever said in it. */
  get isBlank(): boolean {
    return !this.#isKnown && this.#shown.length === 0;
  }

  /** Its tasks, in order; another array whenever there are others. */
  get tasks(): readonly ITaskView[] {
    return this.#shown;
  }

  /** Emitted on every change. */
  get changed(): ISignal<this, { task: string }> {
    return this.#changed;
  }

  /** Whether this was disposed. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Follow it no more. */
  dispose(): void {
    if (!this.#isDisposed) {
      this.#isDisposed = true;
      this.client.send({ type: 'LeaveChat', chat: this.id });
      Signal.clearData(this);
    }
  }

  /** A connection has come to be: follow on from the last record, and do again in order what may not have been heard. */
  resume(): void {
    if (this.client.connection !== 'open') {
      return;
    }
    if (this.#isKnown) {
      this.#follow();
    }
    for (const deed of this.#unsaid.open) {
      this.client.send(deed);
    }
    this.#isKnown ||= this.isWaiting;
  }

  /** Begin a task, or steer the one that runs. */
  say(wish: IWish, instead = '', undo = false): void {
    const isUnheard = this.#unsaid.take(instead);
    const task = UUID.uuid4().replace(/-/g, '').slice(0, 12);
    const say = { type: 'Say', chat: this.id, task, wish, instead: isUnheard ? '' : instead, undo } as const;
    this.#unsaid.add(say, Date.now() / 1000);
    this.#cut(say.instead);
    this.#refresh();
    this.#send(say);
  }

  /** End the task that runs. */
  stop(): void {
    const task = this.#running;
    this.#do({ type: 'Stop', chat: this.id, task }, task);
  }

  /** Answer the question that stands. */
  decide(question: string, answer: Omit<IAnswer, 'type' | 'nobody'>): void {
    const given = { type: 'Answer', nobody: false, ...answer } as const;
    this.#do({ type: 'Decide', chat: this.id, question, answer: given }, this.#running);
  }

  /** Take back what a task did. */
  undo(task: string): void {
    this.#do({ type: 'Undo', chat: this.id, task }, task);
  }

  /** The server tells the whole chat. */
  open(opened: IOpened): void {
    this.#isLoaded = true;
    this.#isKnown = true;
    this.#info = opened.chat;
    this.#tasks = new Map();
    this.#cutOff.clear();
    opened.records.forEach(this.#take, this);
    this.#unsaid.forgetOthers(this.#tasks);
    this.#seq = opened.seq;
    this.#refresh();
  }

  /** The server tells what happened. */
  happen(records: readonly IRecord[]): void {
    const before = this.#tasks.size + this.#unsaid.views.length;
    const fresh = records.filter(record => record.seq > this.#seq && !this.#cutOff.has(record.task));
    const touched = new Set(fresh.map(record => this.#take(record)));
    const wasLoaded = this.#isLoaded;
    this.#isLoaded = true;
    if (!wasLoaded || touched.has('') || this.#tasks.size + this.#unsaid.views.length !== before) {
      this.#refresh();
      return;
    }
    for (const task of touched) {
      this.#changed.emit({ task });
    }
  }

  /** Something that was said here could not be done; tells whether that is shown in the chat. */
  fail(reason: string): boolean {
    const isShown = this.#unsaid.fail(reason);
    if (isShown) {
      this.#refresh();
    }
    if (this.#cutOff.size > 0) {
      this.#seq = 0;
      this.#follow();
    }
    return isShown;
  }

  /** Take one record in; the task that it is about, empty where the list of tasks has changed. */
  #take(record: IRecord): string {
    const { task: id, event, seq } = record;
    this.#seq = Math.max(this.#seq, seq);
    const known = this.#tasks.get(id);
    const task = known ?? new TaskView(id);
    task.add(event);
    this.#tasks.set(id, task);
    const wasUnsaid = this.#unsaid.hear(id, event);
    return known && !wasUnsaid ? id : '';
  }

  /** The chat is cut at this task before another one takes its place. */
  #cut(task: string): void {
    const ids = [...this.#tasks.keys()];
    const from = ids.indexOf(task);
    for (const id of from < 0 ? [] : ids.slice(from)) {
      this.#tasks.delete(id);
      this.#cutOff.add(id);
    }
  }

  /** The task that runs, empty where none does. */
  get #running(): string {
    return this.#shown.find(task => task.phase !== 'over')?.id ?? '';
  }

  /** Do something to a task, once the server can hear of it; where there is no task, nothing is to be done later. */
  #do(deed: Exclude<Deed, { type: 'Say' }>, task: string): void {
    if (task !== '') {
      this.#unsaid.note(deed, task);
    }
    this.#send(deed);
  }

  /** What cannot be sent now is sent by `resume`. A page that speaks in a chat follows it from then on. */
  #send(deed: Deed): void {
    if (this.client.connection === 'open') {
      this.client.send(deed);
      this.#isKnown ||= deed.type === 'Say';
    }
  }

  #follow(): void {
    this.client.send({ type: 'OpenChat', chat: this.id, after: this.#seq });
  }

  #refresh(): void {
    this.#shown = [...this.#tasks.values(), ...this.#unsaid.views];
    this.#changed.emit({ task: '' });
  }
}
