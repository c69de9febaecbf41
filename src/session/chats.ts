import { UUID } from '@lumino/coreutils';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IChats, IChatView, ILiveClient, INotebooks } from '../contracts';
import type { FromServer, IFailed, IListed, IOpened } from '../words';
import { ChatView } from './chat';
import { type IShelf, movedPath, Shelves } from './shelves';

/** The chats about the notebook in front; every notebook keeps the one that it shows. */
export class Chats implements IChats {
  #path = '';
  #trouble = '';
  #wasOpen = false;
  #isDisposed = false;
  readonly #shelves = new Shelves();
  readonly #views = new Map<string, ChatView>();
  readonly #removed = new Set<string>();
  readonly #changed = new Signal<this, void>(this);

  /** Follows the notebook in front at once. */
  constructor(
    private readonly client: ILiveClient,
    private readonly notebooks: INotebooks
  ) {
    client.changed.connect(this.#onConnection, this);
    client.received.connect(this.#onWord, this);
    notebooks.changed.connect(this.#onNotebooks, this);
    notebooks.renamed.connect(this.#onRenamed, this);
    this.#wasOpen = client.connection === 'open';
    this.#onNotebooks();
  }

  /** The notebook that the shown chat is about. */
  get path(): string {
    return this.#path;
  }

  /** The chats about it, the latest first. */
  get list(): readonly IListed[] {
    return this.#shelf.list;
  }

  /** The chat that is shown. */
  get shown(): IChatView | null {
    return this.#shelf.shown;
  }

  /** What could not be done. */
  get trouble(): string {
    return this.#trouble;
  }

  /** Emitted when any of these has changed. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Whether this was disposed. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Follow no chat any more. */
  dispose(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#isDisposed = true;
    Signal.disconnectReceiver(this);
    this.#views.forEach(view => {
      view.dispose();
    });
    Signal.clearData(this);
  }

  /** Show another chat of this notebook; what could not be loaded is asked for again, all of it where `chat` is empty. */
  show(chat: string): void {
    if (chat === (this.shown?.id ?? '') && !this.shown?.isLoaded) {
      this.#complain('');
      this.#askForList();
      this.#views.get(chat)?.resume();
      return;
    }
    const listed = this.list.find(each => each.chat.id === chat);
    if (listed && chat !== this.shown?.id) {
      this.#shelf.isChosen = true;
      this.#put(this.#path, this.#viewOf(listed));
    }
  }

  /** Begin a new chat; the server hears of it when something is said in it. */
  startNew(): void {
    if (this.#path !== '') {
      this.#shelf.isChosen = true;
      this.#put(this.#path, this.#newView(this.#path));
    }
  }

  /** Give a chat another name. */
  rename(chat: string, name: string): void {
    this.client.send({ type: 'NameChat', chat, name });
    const shelf = this.#shelf;
    shelf.list = shelf.list.map(each => (each.chat.id === chat ? { ...each, chat: { ...each.chat, name } } : each));
    const view = this.#views.get(chat);
    if (view) {
      view.info = { ...view.info, name };
    }
    this.#changed.emit();
  }

  /** Forget a chat. */
  remove(chat: string): void {
    this.#removed.add(chat);
    this.client.send({ type: 'DeleteChat', chat });
    this.#forget(chat);
  }

  /** The person has read what could not be done. */
  dismissTrouble(): void {
    this.#complain('');
  }

  get #shelf(): IShelf {
    return this.#shelves.of(this.#path);
  }

  #onNotebooks(): void {
    if (this.notebooks.front !== this.#path) {
      this.#path = this.notebooks.front;
      this.#askForList();
      this.#changed.emit();
    }
  }

  #onRenamed(_: INotebooks, paths: { old: string; new: string }): void {
    this.#shelves.move(paths.old, paths.new);
    this.#views.forEach(view => {
      view.info = { ...view.info, path: movedPath(view.info.path, paths.old, paths.new) };
    });
    const path = movedPath(this.#path, paths.old, paths.new);
    if (this.#path !== path) {
      this.#path = path;
      this.#askForList();
      this.#changed.emit();
    }
  }

  #askForList(): void {
    if (this.#path !== '' && this.client.connection === 'open') {
      this.client.send({ type: 'ListChats', path: this.#path });
    }
  }

  #onConnection(): void {
    const isOpen = this.client.connection === 'open';
    if (isOpen && !this.#wasOpen) {
      this.#askForList();
      this.#views.forEach(view => {
        view.resume();
      });
    }
    this.#wasOpen = isOpen;
  }

  #onWord(_: ILiveClient, word: FromServer): void {
    switch (word.type) {
      case 'Chats':
        this.#onList(word.path, word.chats);
        return;
      case 'Opened':
        this.#onOpened(word);
        return;
      case 'Happened':
        this.#views.get(word.chat)?.happen(word.records);
        this.#letGo(word.chat);
        return;
      case 'Gone':
        this.#forget(word.chat);
        return;
      case 'Failed':
        this.#onFailed(word);
    }
  }

  #onList(path: string, list: readonly IListed[]): void {
    const shelf = this.#shelves.of(path);
    shelf.list = list;
    for (const { chat } of list) {
      const view = this.#views.get(chat.id);
      if (view) {
        view.info = chat;
      }
    }
    if (!shelf.shown || (shelf.shown.isBlank && !shelf.isChosen && list.length > 0)) {
      this.#putLatest(path);
    } else if (path === this.#path) {
      this.#changed.emit();
    }
  }

  /** That the shown chat is there now concerns those, too, who follow the chats alone. */
  #onOpened(opened: IOpened): void {
    const view = this.#views.get(opened.chat.id);
    const wasLoaded = view?.isLoaded ?? true;
    view?.open(opened);
    if (!wasLoaded && view === this.shown) {
      this.#changed.emit();
    }
    this.#letGo(opened.chat.id);
  }

  #onFailed({ text, about }: IFailed): void {
    const isSeen = this.#views.get(about)?.fail(text) && this.#shelves.shows(about);
    if (!isSeen && this.#isOurs(about)) {
      this.#complain(text);
    }
    this.#letGo(about);
  }

  /** What concerns a sketch or a preview is told where that was asked for. */
  #isOurs(about: string): boolean {
    return about === '' || this.#views.has(about) || this.#removed.has(about) || this.#shelves.knows(about);
  }

  #complain(trouble: string): void {
    if (trouble !== this.#trouble) {
      this.#trouble = trouble;
      this.#changed.emit();
    }
  }

  #putLatest(path: string): void {
    const [latest] = this.#shelves.of(path).list;
    this.#put(path, latest ? this.#viewOf(latest) : this.#newView(path));
  }

  /** Show this chat at its notebook instead of the one before. */
  #put(path: string, view: ChatView): void {
    const shelf = this.#shelves.of(path);
    const before = shelf.shown;
    shelf.shown = view;
    if (path === this.#path) {
      this.#changed.emit();
    }
    if (before) {
      this.#letGo(before.id);
    }
  }

  /** A chat that is shown at no notebook is let go as soon as it has nothing more to say. */
  #letGo(chat: string): void {
    const view = this.#views.get(chat);
    if (view && !view.isWaiting && !this.#shelves.shows(chat)) {
      this.#views.delete(chat);
      view.dispose();
    }
  }

  #forget(chat: string): void {
    const view = this.#views.get(chat);
    this.#views.delete(chat);
    this.#shelves.forget(chat).forEach(path => {
      this.#putLatest(path);
    });
    this.#changed.emit();
    view?.dispose();
  }

  #viewOf({ chat }: IListed): ChatView {
    return this.#views.get(chat.id) ?? this.#keep(new ChatView(this.client, chat, true));
  }

  #newView(path: string): ChatView {
    const id = UUID.uuid4().replace(/-/g, '').slice(0, 12);
    const info = { type: 'Chat', id, path, name: '', created: 0, updated: 0 } as const;
    return this.#keep(new ChatView(this.client, info, false));
  }

  #keep(view: ChatView): ChatView {
    this.#views.set(view.id, view);
    return view;
  }
}
