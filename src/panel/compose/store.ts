const PREFIX = 'open-interpreter-lab:';

/** Texts that outlive a reload of the page, under our own names; where the browser gives no room, none do. */
export class Store {
  /** Keep them here; null where the browser forbids it. */
  constructor(private readonly _storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null) {}

  /** The text of this name, empty where there is none. */
  read(name: string): string {
    try {
      return this._storage?.getItem(PREFIX + name) ?? '';
    } catch {
      return '';
    }
  }

  /** Keep this text; an empty one goes. A full or forbidden store costs the reload's safety, not the writing. */
  write(name: string, text: string): void {
    try {
      if (text) {
        this._storage?.setItem(PREFIX + name, text);
      } else {
        this._storage?.removeItem(PREFIX + name);
      }
    } catch {
      return;
    }
  }
}
