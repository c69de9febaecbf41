import { Button, caretDownIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { COMMANDS } from '../../contracts';
import type { Mode } from '../../words';
import { openMenu } from '../controls/menu';
import { useChanges, useServices } from '../services';
import { price, tokenWords } from './figures';
import { useWriting } from './writing';

/** Below the field: when cells run, which model is asked, and how much would be sent. */
export function Foot(): React.JSX.Element {
  return (
    <div className="jp-OpenInterpreter-foot">
      <ModeButton />
      <ModelButton />
      <Tokens />
    </div>
  );
}

/** What each mode does, in words. */
function useModes(): Record<Mode, { name: string; says: string }> {
  const { trans } = useServices();
  return {
    auto: { name: trans.__('Auto'), says: trans.__('Auto: run cells that compute; ask before the rest') },
    ask: { name: trans.__('Ask'), says: trans.__('Ask: every cell waits for your yes') },
    suggest: { name: trans.__('Suggest'), says: trans.__('Suggest: only write cells, run none') }
  };
}

function ModeButton(): React.JSX.Element {
  const { trans, preferences } = useServices();
  const modes = useModes();
  useChanges(preferences.changed);
  const shown = modes[preferences.mode];
  return (
    <Button
      minimal
      className="jp-OpenInterpreter-footButton"
      aria-haspopup="menu"
      aria-expanded={false}
      title={`${trans.__('When cells run.')} ${shown.says}`}
      aria-label={trans.__('When cells run: %1', shown.name)}
      onClick={event => {
        const all: Mode[] = ['auto', 'ask', 'suggest'];
        openMenu(
          event.currentTarget,
          all.map(mode => ({
            label: modes[mode].says,
            isToggled: mode === preferences.mode,
            act: () => {
              preferences.setMode(mode);
            }
          }))
        );
      }}
    >
      {shown.name}
      <caretDownIcon.react tag="span" width="12px" height="12px" />
    </Button>
  );
}

function ModelButton(): React.JSX.Element | null {
  const { trans, client, commands } = useServices();
  const { composing } = useWriting();
  useChanges(client.changed);
  if (!client.welcome) {
    return null;
  }
  const { model } = client.welcome;
  const name = model === 'builtin' ? trans.__('Built-in model') : model || trans.__('No model');
  return (
    <Button
      minimal
      className="jp-OpenInterpreter-footButton jp-mod-model"
      title={trans.__('The model that is asked: %1. Press to choose another one.', name)}
      aria-label={trans.__('Model: %1', name)}
      onClick={() => {
        commands.execute(COMMANDS.chooseModel).catch((reason: unknown) => {
          composing.tell(trans.__('The model dialog did not open: %1', String(reason)));
        });
      }}
    >
      <bdi className="jp-OpenInterpreter-footText">{name}</bdi>
    </Button>
  );
}

/** How much would be sent; one click shows all of it. */
function Tokens(): React.JSX.Element | null {
  const { trans, preferences } = useServices();
  const { composing } = useWriting();
  useChanges(composing.previews.changed);
  useChanges(preferences.changed);
  const { latest, isAsking } = composing.previews;
  if (!preferences.showTokens || latest === null) {
    return null;
  }
  const isOpen = composing.scene === 'payload';
  const lacksPictures = !isOpen && composing.draft.images.length > 0;
  const show = trans.__('Show exactly what would be sent');
  return (
    <Button
      minimal
      className={`jp-OpenInterpreter-footButton jp-mod-tokens${isAsking ? ' jp-mod-asking' : ''}`}
      aria-pressed={isOpen}
      title={lacksPictures ? `${show}. ${trans.__('Pictures are not counted before that.')}` : show}
      onClick={() => {
        composing.show(isOpen ? 'talk' : 'payload');
      }}
    >
      {latest.trouble ? (
        trans.__('What would be sent?')
      ) : (
        <span className="jp-OpenInterpreter-footText">
          {tokenWords(latest.tokens, trans)}
          {lacksPictures && <span className="jp-OpenInterpreter-price"> {trans.__('+ pictures')}</span>}
          {!lacksPictures && latest.price !== null && (
            <span className="jp-OpenInterpreter-price"> · {price(latest.price)}</span>
          )}
        </span>
      )}
    </Button>
  );
}
