/** As many words are kept. */
const MOST = 50;

/** The words that were asked with, the latest last, as a shell keeps them. */
export class Recall {
  #said: string[] = [];

  /** Keep these words. */
  keep(words: string): void {
    this.#said = [...this.#said.filter(each => each !== words), words].slice(-MOST);
  }

  /** The words that were said before these; the latest where these were never said. Null where there are none. */
  before(words: string): string | null {
    const place = this.#said.indexOf(words);
    return (place < 0 ? this.#said.at(-1) : this.#said[place - 1]) ?? null;
  }

  /** The words that were said after these; empty behind the latest. Null where these were never said. */
  after(words: string): string | null {
    const place = this.#said.indexOf(words);
    return place < 0 ? null : (this.#said[place + 1] ?? '');
  }
}
