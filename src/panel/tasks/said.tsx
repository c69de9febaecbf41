import { editIcon, imageIcon, refreshIcon, undoIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { ITaskView } from '../../contracts';
import { useServices } from '../services';
import { SmallButton, WordButton } from './button';
import { useConversation } from './conversation';
import { CopyButton } from './copying';
import { madeCells } from './states';

/** Characters of what was said that stand there at once. */
const LONG = 2000;

/** What the person said to begin a task, and what can be done with it where that is `isWhole`. */
export function Said({ task, isWhole }: { task: ITaskView; isWhole: boolean }): React.JSX.Element {
  const { said } = task;
  return (
    <header className="jp-OpenInterpreter-said">
      {(said.text || said.command) && <Words text={said.text} command={said.command} />}
      <Attached labels={said.labels} images={said.images} />
      {isWhole && <SaidActions task={task} />}
    </header>
  );
}

/** The words themselves; of many, the beginning until all are asked for. */
function Words({ text, command }: { text: string; command: string }): React.JSX.Element {
  const { trans } = useServices();
  const [isAll, setAll] = React.useState(text.length <= LONG);
  return (
    <>
      <p className="jp-OpenInterpreter-words" dir="auto">
        {command && <span className="jp-OpenInterpreter-command">/{command}</span>}
        {command && text && ' '}
        {isAll ? text : `${text.slice(0, LONG)}…`}
      </p>
      {!isAll && (
        <WordButton
          label={trans.__('Show all %1 characters', text.length)}
          onPress={() => {
            setAll(true);
          }}
        />
      )}
    </>
  );
}

function Attached({ labels, images }: { labels: readonly string[]; images: number }): React.JSX.Element | null {
  const { trans } = useServices();
  if (labels.length === 0 && images === 0) {
    return null;
  }
  return (
    <ul className="jp-OpenInterpreter-attached" aria-label={trans.__('Attached')}>
      {labels.map((label, index) => (
        <li key={index} title={label} dir="auto">
          {label}
        </li>
      ))}
      {images > 0 && (
        <li>
          <imageIcon.react tag="span" className="jp-OpenInterpreter-icon" />
          {trans._n('One picture', '%1 pictures', images)}
        </li>
      )}
    </ul>
  );
}

/** The buttons that show when the pointer or the focus is on the task. */
function SaidActions({ task }: { task: ITaskView }): React.JSX.Element {
  const { trans } = useServices();
  const { chat, actions } = useConversation();
  const isFree = !chat.isRunning && task.finished !== null;
  return (
    <div className="jp-OpenInterpreter-saidActions" role="group" aria-label={trans.__('About this message')}>
      {isFree && (
        <>
          <SmallButton
            icon={editIcon}
            label={trans.__('Edit and send again from here')}
            onPress={() => {
              actions.edit(task);
            }}
          />
          <SmallButton
            icon={refreshIcon}
            label={trans.__('Ask again from here')}
            onPress={() => {
              actions.retry(task);
            }}
          />
        </>
      )}
      <CopyButton text={() => task.said.text} label={trans.__('Copy')} />
      {isFree && !task.isUndone && madeCells(task) && (
        <SmallButton
          icon={undoIcon}
          label={trans.__('Take back what this task did to the notebook')}
          onPress={() => {
            chat.undo(task.id);
          }}
        />
      )}
    </div>
  );
}
