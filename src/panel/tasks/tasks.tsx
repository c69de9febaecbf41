import { caretDownIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IChatView } from '../../contracts';
import { useServices } from '../services';
import { Announcer } from './announcer';
import { Conversation, type IConversation, type ITaskActions } from './conversation';
import { useFrames, useRedraw } from './frames';
import { Markdown } from './markdown';
import { useKeptFocus } from './politeness';
import { Nearness, useEnd } from './scroll';
import { Task } from './task';

/** How many of the last tasks are shown whole at once. */
const FIRST = 3;

interface ITasksProps {
  chat: IChatView;
  actions: ITaskActions;
}

/** The conversation: every task of a chat, the newest at the end. */
export function Tasks({ chat, actions }: ITasksProps): React.JSX.Element {
  // Another chat is another list, with its own place.
  return <List key={chat.id} chat={chat} actions={actions} />;
}

function List({ chat, actions }: ITasksProps): React.JSX.Element {
  const { trans, rendermime } = useServices();
  const scroller = React.useRef<HTMLDivElement>(null);
  const content = React.useRef<HTMLDivElement>(null);
  const [nearness] = React.useState(() => new Nearness());
  const end = useEnd(scroller, content);
  const redraw = useRedraw();
  useFrames(chat.changed, redraw);
  useKeptFocus(scroller);
  useOwnWords(chat, end.toEnd);
  React.useLayoutEffect(() => (scroller.current ? nearness.open(scroller.current) : undefined), [nearness]);
  const conversation = React.useMemo<IConversation>(
    () => ({
      chat,
      actions,
      watch: nearness.watch,
      markdown: new Markdown(rendermime, address =>
        address ? trans.__('[not fetched: %1]', address) : trans.__('[not shown]')
      )
    }),
    [chat, actions, nearness, rendermime, trans]
  );
  return (
    <Conversation.Provider value={conversation}>
      <div className="jp-OpenInterpreter-tasks">
        <div
          ref={scroller}
          className="jp-OpenInterpreter-scroller"
          role="region"
          tabIndex={0}
          aria-label={trans.__('Conversation')}
        >
          <div ref={content} className="jp-OpenInterpreter-list">
            <Loaded chat={chat} />
          </div>
        </div>
        {!end.isAtEnd && <Latest chat={chat} go={end.toEnd} />}
        <Announcer chat={chat} />
      </div>
    </Conversation.Provider>
  );
}

function Loaded({ chat }: { chat: IChatView }): React.JSX.Element {
  const { tasks } = chat;
  return (
    <>
      {tasks.map((task, index) => (
        <Task
          key={task.id}
          task={task}
          version={task.version}
          isRunning={chat.isRunning}
          isLast={index === tasks.length - 1}
          isNear={index >= tasks.length - FIRST}
        />
      ))}
    </>
  );
}

/** The way back to the end, which says when an answer is wanted there. */
function Latest({ chat, go }: { chat: IChatView; go: () => void }): React.JSX.Element {
  const { trans } = useServices();
  const isAsked = Boolean(chat.tasks[chat.tasks.length - 1]?.question);
  return (
    <button type="button" className={`jp-OpenInterpreter-latest${isAsked ? ' jp-mod-asked' : ''}`} onClick={go}>
      {isAsked ? trans.__('An answer is needed') : trans.__('Latest')}
      <caretDownIcon.react tag="span" className="jp-OpenInterpreter-icon" />
    </button>
  );
}

/** Go to the end when the person has said something here: that is where it stands. */
function useOwnWords(chat: IChatView, toEnd: () => void): void {
  const last = chat.tasks[chat.tasks.length - 1];
  const sent = last?.phase === 'sending' ? last.id : '';
  React.useLayoutEffect(() => {
    if (sent) {
      toEnd();
    }
  }, [sent, toEnd]);
}
