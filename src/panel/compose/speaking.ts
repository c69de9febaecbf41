import { COMMANDS, lastUndoable, type IChatView, type ITaskView } from '../../contracts';
import type { IWish } from '../../words';
import type { Composing } from './composing';
import { isEmpty } from './drafts';
import { typed } from './recall';
import { parseSlash, slashes, type Local } from './slash';
import { wishOf } from './wish';

/** How many wishes are remembered with their attachments, so that they can be said again. */
const REMEMBERED = 20;

/**
 * What becomes of a draft: it is sent, steers, or does something by itself.
 *
 * What the server does not take stays in the chat as a failed task, to be tried again or edited.
 */
export class Speaking {
  private readonly _said = new Map<string, IWish>();

  /** Speak what is composed here. */
  constructor(private readonly _composing: Composing) {}

  /** Send what is written, or do what it says. What cannot be sent stays, with a line that says why. */
  send(): void {
    const composing = this._composing;
    const { trans } = composing.services;
    const parsed = parseSlash(composing.draft.text);
    if (isEmpty(composing.draft)) {
      return;
    }
    if (parsed.kind === 'unknown') {
      const known = slashes(trans).map(each => `/${each.name}`);
      composing.tell(
        trans.__(
          'There is no /%1. There are %2. To send it as it is, put a space before it.',
          parsed.word,
          known.join(' ')
        )
      );
      return;
    }
    if (parsed.kind === 'local') {
      this.act(parsed.action);
      return;
    }
    const { wish, trouble } = wishOf(composing.draft, parsed, composing.about());
    const refusal = trouble ?? this._refusal(wish);
    if (refusal) {
      composing.tell(refusal);
    } else if (wish) {
      this._say(wish);
    }
  }

  /** Do what a slash word of the panel's own says; the field is emptied where it has been done. */
  act(action: Local): void {
    const { chats, commands, trans } = this._composing.services;
    const trouble = action === 'undo' ? this.undoLast() : '';
    if (trouble) {
      this._composing.tell(trouble);
      return;
    }
    this._composing.change({ text: '' });
    if (action === 'clear') {
      chats.startNew();
      this._composing.show('talk');
    } else if (action === 'help') {
      this._composing.show('help');
    } else if (action === 'model') {
      commands.execute(COMMANDS.chooseModel).catch((reason: unknown) => {
        this._composing.tell(trans.__('The model dialog did not open: %1', String(reason)));
      });
    }
  }

  /** Take back the last task; tells why that cannot be, empty where it was asked for. */
  undoLast(): string {
    const { chats, trans } = this._composing.services;
    if (chats.shown?.isRunning) {
      return trans.__('A task is running. Stop it first; then what it did can be taken back.');
    }
    const last = lastUndoable(chats.shown);
    if (!last) {
      return trans.__('There is nothing to take back in this chat.');
    }
    chats.shown?.undo(last.id);
    return '';
  }

  /** Open the words of a task for editing; sent, they replace it and what came after it. */
  edit(task: ITaskView): void {
    const composing = this._composing;
    const { text, quotes, images, shares, instead, aside } = composing.draft;
    const chat = composing.services.chats.shown?.id ?? '';
    const kept = this._said.get(task.id);
    composing.change({
      text: typed(task),
      quotes: kept?.quotes ?? [],
      images: kept?.images ?? [],
      shares: kept?.shares ?? true,
      instead: task.id,
      chat,
      undo: true,
      aside: instead ? aside : { text, quotes, images, shares }
    });
    composing.show('talk');
    if (!this._isWhole(task)) {
      composing.tell(
        composing.services.trans.__(
          'What was attached to this message is not here any more. Attach it again if it is needed.'
        ),
        'hint'
      );
    }
    composing.focus(composing.draft.text.length);
  }

  /** Leave the task as it was; what stood in the field before comes back. */
  cancelEdit(): void {
    const aside = this._composing.draft.aside ?? { text: '', quotes: [], images: [], shares: true };
    this._composing.change({ ...aside, instead: '', aside: null });
    this._composing.focus();
  }

  /** Say a task again as it was; where its attachments are not here any more, it is opened for editing instead. */
  retry(task: ITaskView): void {
    const composing = this._composing;
    const { chats, trans, preferences } = composing.services;
    const kept = this._said.get(task.id);
    const parsed = parseSlash(typed(task));
    if (chats.shown?.isRunning) {
      composing.tell(trans.__('A task is running. Stop it before you try an earlier one again.'));
    } else if (kept) {
      const { mode, maxTurns } = preferences;
      this._speak({ ...kept, path: composing.path, mode, max_turns: maxTurns }, task.id, true);
    } else if (!this._isWhole(task) || (parsed.kind !== 'words' && parsed.kind !== 'command')) {
      this.edit(task);
    } else {
      const draft = { ...composing.draft, quotes: [], images: [] };
      const { wish, trouble } = wishOf(draft, parsed, composing.about());
      if (wish) {
        this._speak(wish, task.id, true);
      } else {
        composing.tell(trouble);
      }
    }
  }

  /** Why this wish cannot be sent now, for the person; empty where it can. */
  private _refusal(wish: IWish | undefined): string {
    const { chats, client, trans } = this._composing.services;
    if (!wish || (wish.text === '' && wish.command === '')) {
      return trans.__('Say in a few words what to do with what is attached.');
    }
    if (client.connection === 'refused') {
      return trans.__('The server refuses the connection, so nothing can be sent. What you wrote stays here.');
    }
    if (wish.path === '') {
      return trans.__('Open a notebook or make a new one first. What you wrote comes along.');
    }
    if (chats.shown?.isRunning && this._composing.instead) {
      return trans.__('A task is running. Stop it before you change an earlier message.');
    }
    if (chats.shown?.isRunning && wish.command !== '') {
      return trans.__('A task is running. Stop it before /%1, or steer it with words of your own.', wish.command);
    }
    return '';
  }

  private _say(wish: IWish): void {
    const composing = this._composing;
    const { chats, trans } = composing.services;
    const { instead } = composing;
    const { undo, aside, quotes, images } = composing.draft;
    if (chats.shown?.isRunning) {
      // Words alone reach a task that runs; what is attached waits for the next one.
      chats.shown.say({ ...wish, quotes: [], images: [] });
      this._hold(chats.shown);
      composing.change({ text: '' });
      if (quotes.length + images.length > 0) {
        composing.tell(trans.__('Only the words were sent. What is attached stays for the next message.'), 'hint');
      }
    } else if (this._speak(wish, instead, instead !== '' && undo)) {
      composing.change({ text: '', quotes: [], images: [], ...aside, instead: '', undo: true, aside: null });
    }
  }

  private _speak(wish: IWish, instead: string, undo: boolean): boolean {
    const { chats, trans } = this._composing.services;
    if (!chats.shown) {
      chats.startNew();
    }
    const chat = chats.shown;
    if (!chat) {
      this._composing.tell(trans.__('The chat is not there yet. Wait a moment, then send again.'));
      return false;
    }
    chat.say(wish, instead, undo);
    this._composing.show('talk');
    this._remember(chat, wish);
    this._hold(chat);
    return true;
  }

  /** Keep what was said last as it was typed, until the server has told of it or why it could not be. */
  private _hold(chat: IChatView): void {
    const { drafts, path } = this._composing;
    const last = chat.tasks.at(-1);
    if (last?.phase !== 'sending') {
      return;
    }
    drafts.hold(path, last.id, typed(last));
    const onChange = (): void => {
      if (!chat.tasks.some(task => task.id === last.id && task.phase === 'sending')) {
        chat.changed.disconnect(onChange);
        drafts.release(last.id);
      }
    };
    chat.changed.connect(onChange);
  }

  private _remember(chat: IChatView, wish: IWish): void {
    const task = chat.tasks.at(-1)?.id ?? '';
    if (task) {
      this._said.set(task, wish);
    }
    for (const oldest of [...this._said.keys()].slice(0, -REMEMBERED)) {
      this._said.delete(oldest);
    }
  }

  /** Whether everything that this task was asked with can be sent again. */
  private _isWhole(task: ITaskView): boolean {
    return this._said.has(task.id) || (task.said.labels.length === 0 && task.said.images === 0);
  }
}
