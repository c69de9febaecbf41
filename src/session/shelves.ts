import type { IListed } from '../words';
import type { ChatView } from './chat';

/** What this page knows of one notebook's chats. */
export interface IShelf {
  list: readonly IListed[];
  /** Null until the list has come, or the person begins a chat. */
  shown: ChatView | null;
  /** Whether the person has chosen the chat that is shown. */
  isChosen: boolean;
}

/** What this page knows of the chats of all notebooks, by the notebooks' paths. */
export class Shelves {
  readonly #shelves = new Map<string, IShelf>();

  /** The shelf of a notebook, an empty one where nothing is known. */
  of(path: string): IShelf {
    const shelf = this.#shelves.get(path) ?? { list: [], shown: null, isChosen: false };
    this.#shelves.set(path, shelf);
    return shelf;
  }

  /** A notebook, or a folder of notebooks, has another path. */
  move(old: string, path: string): void {
    for (const [from, shelf] of [...this.#shelves]) {
      const to = movedPath(from, old, path);
      if (to !== from) {
        this.#shelves.delete(from);
        this.#shelves.set(to, shelf);
      }
    }
  }

  /** Whether this chat is the one that is shown at a notebook. */
  shows(chat: string): boolean {
    return [...this.#shelves.values()].some(({ shown }) => shown?.id === chat);
  }

  /** Whether this is a notebook or a chat of one. */
  knows(name: string): boolean {
    return [...this.#shelves].some(
      ([path, shelf]) => path === name || shelf.list.some(listed => listed.chat.id === name)
    );
  }

  /** Take a chat out of all lists; the paths of the notebooks that have shown it. */
  forget(chat: string): string[] {
    const paths: string[] = [];
    for (const [path, shelf] of this.#shelves) {
      shelf.list = shelf.list.filter(listed => listed.chat.id !== chat);
      if (shelf.shown?.id === chat) {
        shelf.shown = null;
        paths.push(path);
      }
    }
    return paths;
  }
}

/** The path after `old`, a notebook or a folder, has become `now`. */
export function movedPath(path: string, old: string, now: string): string {
  return path === old || (old !== '' && path.startsWith(`${old}/`)) ? now + path.slice(old.length) : path;
}
