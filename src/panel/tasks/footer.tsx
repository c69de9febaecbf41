import { settingsIcon, undoIcon, refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { COMMANDS, type ITaskView } from '../../contracts';
import { useChanges, useServices } from '../services';
import { WordButton } from './button';
import { Ticking } from './clock';
import { useConversation } from './conversation';
import { CopyButton } from './copying';
import { plainText } from './prose';
import { endingWords, madeCells, phaseWords, runningAttempt, undoneWords, workWords } from './states';

/** Seconds of waiting before they are counted in sight. */
const SOON = 3;

/** What a task does now; the way to stop it is where one writes, always in sight. */
export function Phase({ task }: { task: ITaskView }): React.JSX.Element {
  const { trans, client } = useServices();
  const [since, setSince] = React.useState(() => Date.now() / 1000);
  useChanges(client.changed);
  React.useEffect(() => {
    setSince(Date.now() / 1000);
  }, [task.phase, task.ahead]);
  const isWaiting = task.phase === 'waiting';
  return (
    <div className={`jp-OpenInterpreter-phase${isWaiting ? ' jp-mod-waiting' : ''}`}>
      <span className="jp-OpenInterpreter-pulse" aria-hidden="true" />
      <span className="jp-OpenInterpreter-phaseWords">
        {phaseWords(trans, task, client.connection === 'open')}
        {!isWaiting && <Ticking key={since} since={runningAttempt(task)?.since || since} after={SOON} />}
      </span>
    </div>
  );
}

/** How a task ended, and what can be done next. */
export function Ending({ task, isLast }: { task: ITaskView; isLast: boolean }): React.JSX.Element {
  const { trans } = useServices();
  const { text, tone } = endingWords(trans, task);
  // A model that declines has given the reason in its answer.
  const isSaid = task.finished?.answer.trim() === task.finished?.reason.trim();
  return (
    <footer className="jp-OpenInterpreter-ending">
      {text && !isSaid && (
        <p className={`jp-OpenInterpreter-endingWords jp-mod-${tone}`} dir="auto">
          {text}
        </p>
      )}
      {tone === 'trouble' && isLast && <NextSteps task={task} />}
      {task.isUndone && <p className="jp-OpenInterpreter-undone">{undoneWords(trans, task.kept.length)}</p>}
      <Summary task={task} />
    </footer>
  );
}

function NextSteps({ task }: { task: ITaskView }): React.JSX.Element {
  const { trans, commands } = useServices();
  const { chat, actions } = useConversation();
  return (
    <div className="jp-OpenInterpreter-choices">
      {!chat.isRunning && (
        <WordButton
          icon={refreshIcon}
          label={trans.__('Retry')}
          onPress={() => {
            actions.retry(task);
          }}
        />
      )}
      <WordButton
        icon={settingsIcon}
        label={trans.__('Choose model…')}
        onPress={() => {
          void commands.execute(COMMANDS.chooseModel);
        }}
      />
    </div>
  );
}

/** One quiet line: cells, time, tokens; copy and undo. */
function Summary({ task }: { task: ITaskView }): React.JSX.Element | null {
  const { trans, preferences } = useServices();
  const { chat } = useConversation();
  const answer = plainText(task);
  const tokens =
    preferences.showTokens && task.tokens > 0
      ? trans._n('One token', '%1 tokens', task.tokens).replace(String(task.tokens), task.tokens.toLocaleString())
      : '';
  const canUndo = !task.isUndone && madeCells(task) && !chat.isRunning;
  const figures = [workWords(trans, task), tokens].filter(Boolean).join(' · ');
  if (!figures && !answer && !canUndo) {
    return null;
  }
  return (
    <div className="jp-OpenInterpreter-summary">
      <span className="jp-OpenInterpreter-quiet" title={task.model}>
        {figures}
      </span>
      {answer && <CopyButton text={() => answer} label={trans.__('Copy the answer')} />}
      {canUndo && (
        <WordButton
          icon={undoIcon}
          label={trans.__('Undo')}
          hint={trans.__('Take back what this task did to the notebook')}
          onPress={() => {
            chat.undo(task.id);
          }}
        />
      )}
    </div>
  );
}
