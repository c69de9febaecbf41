import * as React from 'react';

import type { ITaskView, Part } from '../../contracts';
import { told } from '../../told';
import { useChanges, useServices } from '../services';
import { Approval } from './approval';
import { CellRow } from './cell';
import { useConversation } from './conversation';
import { Ending, Phase } from './footer';
import { Lost } from './lost';
import { Plan } from './plan';
import { plainText, Prose, Thought } from './prose';
import { Said } from './said';

interface ITaskProps {
  task: ITaskView;
  /** `task.version` when this was asked for: a task may be one object that changes. */
  version: number;
  isLast: boolean;
  /** Whether anything runs in the chat: what can be done with a task hangs on it. */
  isRunning: boolean;
  /** Show it whole at once, since it is in sight when the chat opens. */
  isNear: boolean;
}

/** One task, from what was asked to how it ended. Far from what is in sight it is plain text. */
export const Task = React.memo(TaskView, (before, after) => {
  return (
    before.task === after.task &&
    before.version === after.version &&
    before.isLast === after.isLast &&
    before.isRunning === after.isRunning
  );
});

function TaskView({ task, isNear, isLast }: ITaskProps): React.JSX.Element {
  const { trans } = useServices();
  const host = React.useRef<HTMLElement>(null);
  const isWhole = useNear(host, isNear || !task.finished);
  return (
    <article
      ref={host}
      className={`jp-OpenInterpreter-task${isLast ? ' jp-mod-last' : ''}`}
      aria-label={task.said.text.slice(0, 80) || trans.__('Task')}
      data-task={task.id}
    >
      <Said task={task} isWhole={isWhole} />
      {isWhole ? <Whole task={task} isLast={isLast} /> : <Far task={task} />}
    </article>
  );
}

/** Whether it is, or ever was, near what is in sight. */
function useNear(host: React.RefObject<HTMLElement>, isNear: boolean): boolean {
  const { watch } = useConversation();
  const [isFound, setFound] = React.useState(isNear);
  React.useEffect(() => {
    if (isFound || !host.current) {
      return;
    }
    return watch(host.current, () => {
      setFound(true);
    });
  }, [isFound, host, watch]);
  return isFound || isNear;
}

function Far({ task }: { task: ITaskView }): React.JSX.Element {
  return (
    <div className="jp-OpenInterpreter-far" dir="auto">
      {plainText(task)}
    </div>
  );
}

function Whole({ task, isLast }: { task: ITaskView; isLast: boolean }): React.JSX.Element {
  const { preferences } = useServices();
  useChanges(preferences.changed);
  const parts = task.parts.filter(part => part.kind !== 'thought' || preferences.showThoughts);
  const { question } = task;
  return (
    <>
      {task.plan.length > 0 && <Plan steps={task.plan} isOver={task.finished !== null} />}
      {parts.map(part => (
        <PartView key={part.key} task={task.id} part={part} version={part.version} />
      ))}
      {question && <Approval key={`${question.question.id} ${question.question.opening}`} waits={question} />}
      {task.finished ? <Ending task={task} isLast={isLast} /> : <Phase task={task} />}
    </>
  );
}

const PartView = React.memo(
  ({ task, part }: { task: string; part: Part; version: number }): React.JSX.Element | null => {
    switch (part.kind) {
      case 'prose':
        return <Prose task={task} part={part} />;
      case 'thought':
        return <Thought part={part} />;
      case 'cell':
        return <CellRow part={part} />;
      case 'steer':
        return (
          <p className="jp-OpenInterpreter-steer" dir="auto">
            {part.text}
          </p>
        );
      case 'notice':
        return <Notice text={part.text} />;
      case 'lost':
        return <Lost part={part} />;
    }
  },
  (before, after) => before.part === after.part && before.version === after.version
);
PartView.displayName = 'PartView';

/** What the server has to say of the task. */
function Notice({ text }: { text: string }): React.JSX.Element {
  const { trans } = useServices();
  return (
    <p className="jp-OpenInterpreter-notice" dir="auto">
      {told(trans, text)}
    </p>
  );
}
