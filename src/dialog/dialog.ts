import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ILiveClient } from '../contracts';
import { ModelForm } from './form';
import { ModelChoice } from './model';

const CANCEL = 0;
const SAVE = 1;
const SAVE_CLASS = 'jp-OpenInterpreter-modelSave';

/** The dialog: it stays open, with what was typed, until the server has saved it or the person gives up. */
class ModelDialog extends Dialog<void> {
  /** Show this choice in this language. */
  constructor(model: ModelChoice, trans: TranslationBundle) {
    const form = new ModelForm(model, trans);
    super({
      title: trans.__('Model'),
      body: form,
      hasClose: true,
      focusNodeSelector: 'select:enabled, input:enabled, button:enabled, [tabindex]',
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Save'), className: SAVE_CLASS })
      ]
    });
    this._form = form;
    this._model = model;
    this.addClass('jp-OpenInterpreter-modelDialog');
    model.changed.connect(this._showButton, this);
    this._showButton();
  }

  /** Save, and close only when that is done; any other button closes. */
  override resolve(index: number = SAVE): void {
    if (index === CANCEL) {
      super.resolve(index);
      return;
    }
    void this._model.save().then(isSaved => {
      if (isSaved) {
        super.resolve(SAVE);
      }
    });
  }

  /** Keys and clicks; what is pressed on a button in the form is the button's own. */
  override handleEvent(event: Event): void {
    const target = event.target;
    const isInForm = target instanceof HTMLElement && this._form.node.contains(target);
    if (event instanceof KeyboardEvent && event.type === 'keydown') {
      if (event.key === 'Enter' && isInForm && target.matches('button, summary')) {
        return;
      }
      if (event.key === 'Tab' && this._turn(event)) {
        return;
      }
    }
    super.handleEvent(event);
    this._showButton();
  }

  /** Stop what still runs for it. */
  override dispose(): void {
    this._model.dispose();
    super.dispose();
  }

  /** Keep the focus going round within the dialog; tells whether it has been moved. */
  private _turn(event: KeyboardEvent): boolean {
    const stops = [
      ...this.node.querySelectorAll<HTMLElement>('button:enabled, input:enabled, select:enabled, summary')
    ].filter(stop => stop.tabIndex >= 0 && stop.offsetParent !== null);
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== from || !to) {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    to.focus();
    return true;
  }

  /** JupyterLab enables the button after each key; whether it does any good we know better. */
  private _showButton(): void {
    const button = this.node.querySelector<HTMLButtonElement>(`.${SAVE_CLASS}`);
    if (button) {
      button.disabled = !this._model.canSave;
    }
  }

  private _form: ModelForm;
  private _model: ModelChoice;
}

/** Open the dialog; tells, when it is closed, whether a model was saved. */
export async function openModelDialog(
  client: Pick<ILiveClient, 'request'>,
  trans: TranslationBundle
): Promise<boolean> {
  const model = new ModelChoice(client, trans);
  const dialog = new ModelDialog(model, trans);
  void model.load();
  const result = await dialog.launch();
  return result.button.accept;
}
