import type { TranslationBundle } from '@jupyterlab/translation';
import { type Message, MessageLoop } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';

/** A widget whose content is made when it is first shown, since its code is loaded only then. */
export class LateWidget extends Widget {
  #content: Widget | null = null;
  #isLoading = false;
  #isWanted = false;

  /** `make` loads the code and makes the content. */
  constructor(
    private readonly make: () => Promise<Widget>,
    private readonly trans: TranslationBundle
  ) {
    super();
    this.layout = new PanelLayout();
    this.addClass('jp-OpenInterpreter-late');
  }

  /** The first time that it is in sight. */
  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    void this.#load();
  }

  /** It may be in sight from the beginning, as JupyterLab restores it. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      void this.#load();
    }
  }

  /** The focus goes where the content wants it, as soon as there is one. */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.#isWanted = true;
    this.#handOn();
    void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#content || this.#isLoading) {
      return;
    }
    this.#isLoading = true;
    this.#say(this.trans.__('Loading…'));
    try {
      const content = await this.make();
      if (this.isDisposed) {
        content.dispose();
        return;
      }
      this.#clear();
      this.#content = content;
      (this.layout as PanelLayout).addWidget(content);
      this.#handOn();
    } catch (error) {
      console.error('The panel could not be loaded.', error);
      this.#say(
        this.trans.__('The panel could not be loaded. Load the page again, or show the panel anew to try once more.')
      );
    }
    this.#isLoading = false;
  }

  #handOn(): void {
    if (this.#content && this.#isWanted) {
      this.#isWanted = false;
      MessageLoop.sendMessage(this.#content, Widget.Msg.ActivateRequest);
    }
  }

  #say(text: string): void {
    this.#clear();
    const line = document.createElement('p');
    line.className = 'jp-OpenInterpreter-lateLine';
    line.setAttribute('role', 'status');
    line.textContent = text;
    this.node.append(line);
  }

  #clear(): void {
    this.node.querySelectorAll(':scope > .jp-OpenInterpreter-lateLine').forEach(line => {
      line.remove();
    });
  }
}
