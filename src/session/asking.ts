import type { IAsking, IChats, ICellSight, INotebooks, IPreferences, ITaskView } from '../contracts';
import { lastUndoable } from '../contracts';
import type { Command } from '../words';

const COMMANDS: readonly unknown[] = ['', 'fix', 'explain', 'document', 'test', 'optimise', 'plan'] satisfies Command[];

/** What is about the whole notebook. */
const ABOUT_NO_CELL: readonly Command[] = ['', 'plan'];

/** How long a notebook may take to come to the front, in milliseconds. */
const TURN_TIME = 2000;

/** Why nothing was asked: a task runs in the chat, there is no such cell, or no notebook in front. */
export type Hindrance = 'running' | 'cell' | 'notebook';

/** What buttons, menus and shortcuts ask for in the chat that is shown. */
export class Asking {
  /** In these chats, with what is set there. */
  constructor(
    private readonly chats: IChats,
    private readonly notebooks: INotebooks,
    private readonly preferences: IPreferences
  ) {}

  /** The notebook that it would be about. */
  get path(): string {
    return this.notebooks.front;
  }

  /** The last task of the shown chat that can be taken back. */
  get undoable(): ITaskView | undefined {
    const chat = this.chats.shown;
    return chat?.isRunning ? undefined : lastUndoable(chat);
  }

  /** Take back the last task. */
  undo(): void {
    const task = this.undoable;
    if (task) {
      this.chats.shown?.undo(task.id);
    }
  }

  /** Bring the notebook of a button to the front, where another one is: what is said goes to the chat that is shown. */
  async turnTo(path = ''): Promise<void> {
    if (path === '' || path === this.chats.path) {
      return;
    }
    const isThere = new Promise<void>(resolve => {
      const look = (): void => {
        if (this.chats.path === path) {
          this.chats.changed.disconnect(look);
          resolve();
        }
      };
      this.chats.changed.connect(look);
      setTimeout(() => {
        this.chats.changed.disconnect(look);
        resolve();
      }, TURN_TIME);
    });
    this.notebooks.open(path);
    await isThere;
  }

  /** Ask; tells what is in the way, null where nothing is. */
  ask({ command, cell, text, path = '' }: IAsking): Hindrance | null {
    const about = path || this.path;
    if (about === '' || about !== this.chats.path) {
      return 'notebook';
    }
    const sight = this.#cell(about, command, cell);
    if (!ABOUT_NO_CELL.includes(command) && (sight?.kind !== 'code' || sight.source.trim() === '')) {
      return 'cell';
    }
    if (this.chats.shown?.isRunning) {
      return 'running';
    }
    if (!this.chats.shown) {
      this.chats.startNew();
    }
    this.chats.shown?.say({
      type: 'Wish',
      path: about,
      text: text ?? '',
      command,
      cell: ABOUT_NO_CELL.includes(command) ? '' : (sight?.id ?? ''),
      anchor: sight?.id ?? '',
      quotes: [],
      images: [],
      shares: true,
      mode: this.preferences.mode,
      max_turns: this.preferences.maxTurns
    });
    return null;
  }

  /** Without an id it is the active cell; what is to be fixed is the one that failed last, unless the active one has. */
  #cell(path: string, command: Command, id = ''): ICellSight | null {
    if (id !== '') {
      return this.notebooks.cell(path, id);
    }
    const active = this.notebooks.active(path);
    return command === 'fix' && !active?.error ? (this.notebooks.failing(path) ?? active) : active;
  }
}

/** What a command's arguments ask for; what is no such thing counts as not there. */
export function readAsking(args: unknown): IAsking {
  const given = typeof args === 'object' && args !== null ? (args as Record<string, unknown>) : {};
  const { command, cell, text, path } = given;
  return {
    command: isCommand(command) ? command : '',
    cell: typeof cell === 'string' ? cell : '',
    text: typeof text === 'string' ? text : '',
    path: typeof path === 'string' ? path : ''
  };
}

function isCommand(value: unknown): value is Command {
  return COMMANDS.includes(value);
}
