import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IAttempt } from '../../contracts';
import { useServices } from '../services';
import { Changes, Detail, Level, Result } from './attempts';
import { SmallButton } from './button';
import { lastLine, lineCount, spellOut, tellingLine } from './characters';
import { duration, Ticking } from './clock';
import { useConversation } from './conversation';
import { STATE_ICONS } from './icons';
import { attemptWords, newest, tryOf, type CellPart } from './states';

/** One cell of a task: what it is, what became of it, and the way to it. */
export function CellRow({ part }: { part: CellPart }): React.JSX.Element | null {
  const { trans } = useServices();
  const [isOpen, setOpen] = React.useState(false);
  const attempt = newest(part);
  // What was never whole and will not run has nothing to be shown.
  if (!attempt || (attempt.state === 'dropped' && !attempt.source)) {
    return null;
  }
  const isDrafting = attempt.state === 'drafting';
  return (
    <div className={`jp-OpenInterpreter-cell jp-mod-${attempt.state}`}>
      <div className="jp-OpenInterpreter-cellHead">
        <CellLink part={part} attempt={attempt} />
        {!isDrafting && (
          <SmallButton
            icon={isOpen ? caretDownIcon : caretRightIcon}
            label={isOpen ? trans.__('Hide the code') : trans.__('Show the code')}
            isExpanded={isOpen}
            onPress={() => {
              setOpen(!isOpen);
            }}
          />
        )}
      </div>
      {isOpen && !isDrafting && <Detail attempt={attempt} language={part.language} />}
      <Level attempt={attempt} />
      <Result attempt={attempt} />
      <Changes part={part} />
    </div>
  );
}

/** The row itself: a click on it brings the cell into sight. */
function CellLink({ part, attempt }: { part: CellPart; attempt: IAttempt }): React.JSX.Element {
  const { trans, notebooks } = useServices();
  const { chat } = useConversation();
  const state = attemptWords(trans, attempt);
  const Icon = STATE_ICONS[attempt.state];
  const isDrafting = attempt.state === 'drafting';
  const line = isDrafting ? lastLine(attempt.source) : tellingLine(attempt.source);
  return (
    <button
      type="button"
      className="jp-OpenInterpreter-cellLink"
      title={trans.__('%1. Show this cell in the notebook', state)}
      onClick={() => {
        notebooks.reveal(chat.info.path, part.id);
      }}
    >
      <Icon.react tag="span" className="jp-OpenInterpreter-icon jp-OpenInterpreter-cellState" />
      <span className="jp-OpenInterpreter-hidden">{state}:</span>
      {attempt.count !== null && <span className="jp-OpenInterpreter-count">[{attempt.count}]</span>}
      <code className="jp-OpenInterpreter-cellLine" dir="ltr">
        {spellOut(line) || trans.__('(empty)')}
      </code>
      {tryOf(part, attempt) > 1 && (
        <span className="jp-OpenInterpreter-attempt">{trans.__('attempt %1', tryOf(part, attempt))}</span>
      )}
      <span className="jp-OpenInterpreter-time">
        <CellTime attempt={attempt} />
      </span>
    </button>
  );
}

/** How long it took or takes; while it is written, how long it is. */
function CellTime({ attempt }: { attempt: IAttempt }): React.JSX.Element | null {
  const { trans } = useServices();
  switch (attempt.state) {
    case 'drafting':
      return <>{trans._n('One line', '%1 lines', lineCount(attempt.source))}</>;
    case 'running':
      return attempt.since > 0 ? <Ticking since={attempt.since} /> : null;
    case 'ok':
    case 'error':
    case 'aborted':
      return attempt.seconds > 0 ? <>{duration(trans, attempt.seconds)}</> : null;
    default:
      return <>{attemptWords(trans, attempt)}</>;
  }
}
