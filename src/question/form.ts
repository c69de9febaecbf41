import { Widget } from '@lumino/widgets';

/** One button of a form. */
export interface IChoice {
  label: string;
  act: () => void;
  look?: 'accept' | 'warn';
  hint?: string;
}

/** What a form shows, from top to bottom. */
export interface IFormContent {
  title: string;
  parts?: (HTMLElement | string)[];
  choices: IChoice[];
  isGrave?: boolean;
}

let made = 0;

/**
 * A question under a prompt's input: title, text, buttons.
 *
 * It takes no focus, since a key that was meant for an editor must not answer it, and it hears only a person's own
 * clicks and keys: a script in some output cannot press its buttons. Its keys are its own, not the notebook's. Screen
 * readers hear its title at once, wherever the focus is, since the kernel waits.
 */
export class Form extends Widget {
  /** Show this. */
  constructor(content: IFormContent) {
    super();
    const title = element('div', 'jp-OpenInterpreter-title', content.title);
    title.id = `jp-OpenInterpreter-title-${++made}`;
    const choices = element('div', 'jp-OpenInterpreter-choices');
    choices.append(...content.choices.map(choice => this._button(choice)));
    this.addClass('jp-OpenInterpreter-form');
    this.toggleClass('jp-mod-grave', content.isGrave ?? false);
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-labelledby', title.id);
    this.node.dataset.lmSuppressShortcuts = 'true';
    const parts = (content.parts ?? []).map(part => (typeof part === 'string' ? element('p', '', part) : part));
    this.node.append(title, ...parts, choices);
    title.setAttribute('role', 'alert');
  }

  private _button(choice: IChoice): HTMLButtonElement {
    const look =
      choice.look === 'accept' ? ' jp-mod-accept' : choice.look === 'warn' ? ' jp-mod-warn' : ' jp-mod-reject';
    const button = element('button', `jp-mod-styled${look}`, choice.label);
    button.type = 'button';
    button.title = choice.hint ?? '';
    button.addEventListener('click', event => {
      if (event.isTrusted && !this.isDisposed) {
        this.dispose();
        choice.act();
      }
    });
    return button;
  }
}

/** A new element with a class and text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = ''
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
