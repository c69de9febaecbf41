import * as React from 'react';

import * as choices from './choice';
import { Field, type IFieldProps } from './fields';

/** The key: a field where there is none, else what sets it, with the ways to change that. It is never shown. */
export function KeyField(props: IFieldProps): React.JSX.Element {
  const { known, choice } = props;
  const state = choices.keyState(known, choice);
  const place = React.useRef<HTMLDivElement>(null);
  const before = React.useRef(choice.key.kind);
  // The button that was pressed is gone: what stands in its place takes the focus.
  React.useEffect(() => {
    if (before.current !== choice.key.kind) {
      before.current = choice.key.kind;
      place.current?.querySelector<HTMLElement>('input, button')?.focus();
    }
  }, [choice.key.kind]);
  return (
    <div ref={place}>
      {choice.key.kind === 'replace' || state.kind === 'none' ? (
        <KeyInput {...props} hasOther={hasOther(props)} />
      ) : (
        <KeyStands {...props} state={state} />
      )}
    </div>
  );
}

function KeyInput(props: IFieldProps & { hasOther: boolean }): React.JSX.Element {
  const { model, known, choice, trans, hasOther } = props;
  const variable = choices.presetOf(known, choice.provider)?.key ?? '';
  const isRemoved = choice.key.kind === 'remove';
  const keep = (
    <button
      type="button"
      className="jp-OpenInterpreter-modelLink"
      onClick={() => {
        model.edit({ key: { kind: 'keep' } });
      }}
    >
      {trans.__('Keep the one that is set')}
    </button>
  );
  return (
    <Field
      label={choices.needsKey(known, choice) ? trans.__('Key') : trans.__('Key (only where the server wants one)')}
      hint={
        <>
          {isRemoved
            ? trans.__('The key will be removed when you save.')
            : variable
              ? trans.__('It is kept on the Jupyter server, in a file of yours alone. Or set %1 there.', variable)
              : trans.__('It is kept on the Jupyter server, in a file of yours alone.')}{' '}
          {hasOther && keep}
        </>
      }
    >
      {ids => (
        <input
          {...ids}
          className="jp-mod-styled"
          type="password"
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          value={choice.key.kind === 'replace' ? choice.key.text : ''}
          placeholder={trans.__('Paste it here')}
          onChange={event => {
            model.edit({ key: { kind: 'replace', text: event.target.value } });
          }}
        />
      )}
    </Field>
  );
}

function KeyStands(props: IFieldProps & { state: choices.IKeyState }): React.JSX.Element {
  const { model, trans, state } = props;
  const label = React.useId();
  const told = {
    stored: trans.__('A key is set.'),
    variable: trans.__('Set by %1 in the server’s environment.', state.by),
    trait: trans.__('Set by the server’s configuration (%1).', state.by),
    typed: '',
    none: ''
  };
  const isOurs = state.by.startsWith('OPEN_INTERPRETER_');
  return (
    <div className="jp-OpenInterpreter-modelField" role="group" aria-labelledby={label}>
      <span id={label} className="jp-OpenInterpreter-modelLabel">
        {trans.__('Key')}
      </span>
      <div className="jp-OpenInterpreter-modelKey">
        <span>{told[state.kind]}</span>
        <div className="jp-OpenInterpreter-modelButtons">
          {!isOurs && (
            <button
              type="button"
              className="jp-mod-styled jp-mod-reject"
              onClick={() => {
                model.edit({ key: { kind: 'replace', text: '' } });
              }}
            >
              {trans.__('Replace')}
            </button>
          )}
          {state.kind === 'stored' && (
            <button
              type="button"
              className="jp-mod-styled jp-mod-reject"
              onClick={() => {
                model.edit({ key: { kind: 'remove' } });
              }}
            >
              {trans.__('Remove')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Whether there is a key that stands as long as no other is typed. */
function hasOther({ known, choice }: IFieldProps): boolean {
  return choice.key.kind !== 'keep' && choices.keyState(known, { ...choice, key: { kind: 'keep' } }).kind !== 'none';
}
