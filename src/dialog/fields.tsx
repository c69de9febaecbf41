import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import * as choices from './choice';
import type { IChoice, IKnown } from './choice';
import type { ModelChoice } from './model';

/** How many names are offered as buttons; more of them are only suggested while one types. */
const OFFERED = 8;

/** What every field stands on. */
export interface IFieldProps {
  readonly model: ModelChoice;
  readonly known: IKnown;
  readonly choice: IChoice;
  readonly trans: TranslationBundle;
}

/** A label, a field and a line below it that tells more. The field is told of both by its id. */
export function Field(props: {
  label: string;
  hint?: React.ReactNode;
  children: (ids: { id: string; 'aria-describedby': string | undefined }) => React.ReactNode;
}): React.JSX.Element {
  const id = React.useId();
  const hint = `${id}-hint`;
  return (
    <div className="jp-OpenInterpreter-modelField">
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, 'aria-describedby': props.hint ? hint : undefined })}
      {props.hint && (
        <div id={hint} className="jp-OpenInterpreter-modelHint">
          {props.hint}
        </div>
      )}
    </div>
  );
}

/** The name of the model, with the names that the server has. */
export function ModelField(props: IFieldProps): React.JSX.Element {
  const { model, known, choice, trans } = props;
  const names = React.useId();
  const preset = choices.presetOf(known, choice.provider);
  const isFile = choice.provider === choices.FILE;
  const example = preset?.example ?? '';
  return (
    <>
      <Field label={isFile ? trans.__('Path of the file on the server') : trans.__('Model')} hint={hintOf(props)}>
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            type="text"
            list={names}
            autoComplete="off"
            spellCheck={false}
            value={choice.model}
            disabled={choices.isPinned(known, 'model')}
            placeholder={isFile ? '/models/qwen3-8b.gguf' : example}
            onFocus={() => void model.list()}
            onChange={event => {
              model.edit({ model: event.target.value });
            }}
          />
        )}
      </Field>
      <datalist id={names}>
        {model.models.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Names {...props} names={model.models.length <= OFFERED ? model.models : []} label={trans.__('Models there')} />
    </>
  );
}

/** Names of models, each of which a click chooses. */
export function Names(props: IFieldProps & { names: readonly string[]; label: string }): React.JSX.Element | null {
  const { model, choice, names, label } = props;
  if (names.length === 0 || (names.length === 1 && names[0] === choice.model)) {
    return null;
  }
  return (
    <div className="jp-OpenInterpreter-modelNames" role="group" aria-label={label}>
      {names.map(name => (
        <button
          key={name}
          type="button"
          className="jp-OpenInterpreter-modelName"
          aria-pressed={name === choice.model}
          onClick={() => {
            model.edit({ model: name });
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** The address of the server: in sight where everybody has another one, else behind a word. */
export function AddressField({ model, known, choice, trans }: IFieldProps): React.JSX.Element {
  const preset = choices.presetOf(known, choice.provider);
  const isUsual = Boolean(preset?.baseUrl);
  const pinned = choices.isPinned(known, 'baseUrl');
  const field = (
    <Field
      label={trans.__('Address')}
      hint={
        pinned ? pinnedBy(trans, known.inForce.baseUrl.setBy) : isUsual ? null : trans.__('It usually ends in /v1.')
      }
    >
      {ids => (
        <input
          {...ids}
          className="jp-mod-styled"
          type="text"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          value={choice.baseUrl}
          disabled={pinned}
          placeholder={preset?.address || preset?.baseUrl || 'http://127.0.0.1:8000/v1'}
          onChange={event => {
            model.edit({ baseUrl: event.target.value });
          }}
        />
      )}
    </Field>
  );
  return isUsual ? (
    <details className="jp-OpenInterpreter-modelMore" open={choice.baseUrl !== '' || pinned}>
      <summary>{trans.__('Another address')}</summary>
      {field}
    </details>
  ) : (
    field
  );
}

/** What a field says that a variable sets. */
export function pinnedBy(trans: TranslationBundle, variable: string): string {
  return trans.__('Set by %1 in the server’s environment, which is stronger than what is saved here.', variable);
}

function hintOf({ model, known, choice, trans }: IFieldProps): string {
  if (choices.isPinned(known, 'model')) {
    return pinnedBy(trans, known.inForce.model.setBy);
  }
  if (model.isListing) {
    return trans.__('Asking which models there are…');
  }
  if (model.models.length > OFFERED) {
    return trans.__('%1 models are there: type a part of a name.', String(model.models.length));
  }
  return choices.presetOf(known, choice.provider)?.anyModel
    ? trans.__('Only where the server has several; it may stay empty.')
    : '';
}
