import type { IAsking, IChats, ICellSight, INotebooks, IPreferences, ITaskView } from '../contracts';
import type { Command } from '../words';

const COMMANDS: readonly unknown[] = ['', 'fix', 'explain', 'document', 'test', 'optimise', 'plan'] satisfies Command[];

/** What is about the whole notebook. */
const ABOUT_NO_CELL: readonly Command[] = ['', 'plan'];

/** Why nothing was asked: a task runs in the chat, there is no such cell, or no notebook. */
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
    return chat?.isRunning
      ? undefined
      : chat?.tasks
          .filter(task => task.finished && !task.isUndone && task.parts.some(part => part.kind === 'cell'))
          .at(-1);
  }

  /** Take back the last task. */
  undo(): void {
    const task = this.undoable;
    if (task) {
      this.chats.shown?.undo(task.id);
    }
  }

  /** Ask; tells what is in the way, null where nothing is. */
  ask({ command, cell, text }: IAsking): Hindrance | null {
    if (this.path === '') {
      return 'notebook';
    }
    const sight = this.#cell(command, cell);
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
      path: this.path,
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
  #cell(command: Command, id = ''): ICellSight | null {
    if (id !== '') {
      return this.notebooks.cell(this.path, id);
    }
    const active = this.notebooks.active(this.path);
    return command === 'fix' && !active?.error ? (this.notebooks.failing(this.path) ?? active) : active;
  }
}

/** What a command's arguments ask for; what is no such thing counts as not there. */
export function readAsking(args: unknown): IAsking {
  const given = typeof args === 'object' && args !== null ? (args as Record<string, unknown>) : {};
  const { command, cell, text } = given;
  return {
    command: isCommand(command) ? command : '',
    cell: typeof cell === 'string' ? cell : '',
    text: typeof text === 'string' ? text : ''
  };
}

function isCommand(value: unknown): value is Command {
  return COMMANDS.includes(value);
}
