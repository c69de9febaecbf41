import * as React from 'react';

import type { ITaskView, Part } from '../../contracts';
import { useServices } from '../services';
import { useConversation } from './conversation';
import { useFrames } from './frames';
import { ProseView } from './proseview';

type ProsePart = Extract<Part, { kind: 'prose' }>;

/** What the model wrote, as Markdown. While it grows it follows the chat by itself, past React. */
export function Prose({ task, part }: { task: string; part: ProsePart }): React.JSX.Element {
  const { chat, markdown } = useConversation();
  const host = React.useRef<HTMLDivElement>(null);
  const view = React.useRef<ProseView | null>(null);
  React.useLayoutEffect(() => {
    const made = host.current && new ProseView(host.current, markdown);
    view.current = made;
    return () => {
      made?.dispose();
    };
  }, [markdown]);
  React.useLayoutEffect(() => {
    view.current?.show(part.text, part.isOpen);
  });
  const { key } = part;
  useFrames(
    chat.changed,
    () => {
      const now = chat.tasks.find(each => each.id === task)?.parts.find(each => each.key === key);
      if (now?.kind === 'prose') {
        view.current?.show(now.text, now.isOpen);
      }
    },
    change => part.isOpen && change.task === task
  );
  return (
    <div ref={host} className={`jp-OpenInterpreter-prose jp-RenderedHTMLCommon${part.isOpen ? ' jp-mod-open' : ''}`} />
  );
}

/** What the model thinks, folded; it is gone when the task is over. */
export function Thought({ part }: { part: Extract<Part, { kind: 'thought' }> }): React.JSX.Element {
  const { trans } = useServices();
  const [isShown, setShown] = React.useState(false);
  return (
    <details
      className="jp-OpenInterpreter-thought"
      onToggle={event => {
        setShown(event.currentTarget.open);
      }}
    >
      <summary>{part.isOpen ? trans.__('Thinking…') : trans.__('Thought')}</summary>
      {isShown && <p dir="auto">{part.text}</p>}
    </details>
  );
}

/** What a task was and said, as plain text: for tasks that are far from what is in sight. */
export function plainText(task: ITaskView): string {
  return task.parts.flatMap(part => (part.kind === 'prose' || part.kind === 'notice' ? [part.text] : [])).join('\n\n');
}
