import { ReactWidget, UseSignal } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownEmptyIcon, errorIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import * as choices from './choice';
import { AddressField, Field, type IFieldProps, ModelField, pinnedBy } from './fields';
import { KeyField } from './key';
import type { ModelChoice } from './model';
import { Test } from './result';
import { advice, complaint, providers, truth } from './wording';

/** The body of the dialog. */
export class ModelForm extends ReactWidget {
  /** Show this choice in this language. */
  constructor(model: ModelChoice, trans: TranslationBundle) {
    super();
    this._model = model;
    this._trans = trans;
    this.addClass('jp-OpenInterpreter-model');
  }

  /** The form, drawn anew with each change. */
  protected override render(): React.JSX.Element {
    return <UseSignal signal={this._model.changed}>{() => <Form model={this._model} trans={this._trans} />}</UseSignal>;
  }

  private _model: ModelChoice;
  private _trans: TranslationBundle;
}

function Form({ model, trans }: { model: ModelChoice; trans: TranslationBundle }): React.JSX.Element {
  const known = model.known;
  if (!known) {
    return <Loading model={model} trans={trans} />;
  }
  return <Known model={model} known={known} choice={model.choice} trans={trans} />;
}

function Known(props: IFieldProps): React.JSX.Element {
  const { model, known, trans } = props;
  const top = React.useRef<HTMLDivElement>(null);
  // The dialog gives the focus away before there is anything to choose.
  React.useEffect(() => {
    top.current?.querySelector<HTMLElement>('select:enabled, input:enabled, button:enabled')?.focus();
  }, []);
  return (
    <div ref={top} className="jp-OpenInterpreter-modelForm">
      {known.inForce.trouble && <Alert text={known.inForce.trouble} />}
      <ProviderField {...props} />
      <Steps {...props} />
      <Fields key={props.choice.provider} {...props} />
      <p className="jp-OpenInterpreter-modelTruth">{truth(trans, known, props.choice)}</p>
      <Test {...props} />
      <Missing {...props} />
      {model.trouble && <Alert text={model.trouble} />}
    </div>
  );
}

function ProviderField({ model, known, choice, trans }: IFieldProps): React.JSX.Element {
  const pinned = choices.isPinned(known, 'model');
  return (
    <Field label={trans.__('Provider')} hint={pinned ? pinnedBy(trans, known.inForce.model.setBy) : null}>
      {ids => (
        <div className="jp-OpenInterpreter-modelSelect">
          <select
            {...ids}
            className="jp-mod-styled"
            value={choice.provider}
            disabled={pinned}
            onChange={event => {
              model.choose(event.target.value);
            }}
          >
            {providers(trans, known).map(group => (
              <optgroup key={group.label} label={group.label}>
                {group.entries.map(entry => (
                  <option key={entry.value} value={entry.value}>
                    {entry.label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          <caretDownEmptyIcon.react tag="span" className="jp-OpenInterpreter-modelCaret" />
        </div>
      )}
    </Field>
  );
}

/** In the order in which they are needed: without an address or a key there are no models to choose from. */
function Fields(props: IFieldProps): React.JSX.Element {
  const { known, choice } = props;
  const preset = choices.presetOf(known, choice.provider);
  const isRemote = choices.isRemote(choice);
  return (
    <>
      {isRemote && !preset?.baseUrl && <AddressField {...props} />}
      {isRemote && !preset?.local && <KeyField {...props} />}
      {choice.provider !== choices.BUILTIN && <ModelField {...props} />}
      {isRemote && preset?.baseUrl && <AddressField {...props} />}
    </>
  );
}

function Steps({ known, choice, trans }: IFieldProps): React.JSX.Element | null {
  const words = advice(trans, known, choice);
  return words ? <p className="jp-OpenInterpreter-modelAdvice">{words}</p> : null;
}

function Missing({ known, choice, trans }: IFieldProps): React.JSX.Element | null {
  const what = choices.missing(known, choice);
  return what ? (
    <p className="jp-OpenInterpreter-modelHint" role="status">
      {complaint(trans, what)}
    </p>
  ) : null;
}

function Loading({ model, trans }: { model: ModelChoice; trans: TranslationBundle }): React.JSX.Element {
  if (!model.trouble) {
    return (
      <p role="status" tabIndex={-1}>
        {trans.__('Looking which models there are…')}
      </p>
    );
  }
  return (
    <div className="jp-OpenInterpreter-modelForm">
      <Alert text={model.trouble} />
      <div>
        <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => void model.load()}>
          {trans.__('Try again')}
        </button>
      </div>
    </div>
  );
}

function Alert({ text }: { text: string }): React.JSX.Element {
  return (
    <div className="jp-OpenInterpreter-modelVerdict jp-mod-bad" role="alert">
      <errorIcon.react tag="span" className="jp-OpenInterpreter-modelIcon" />
      <span>{text}</span>
    </div>
  );
}
