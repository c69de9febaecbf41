import * as React from 'react';

import type { IChatView } from '../../contracts';
import { useServices } from '../services';
import { announcement } from './announcing';
import { useFrames } from './frames';

/** How many of the last states stay to be read. */
const KEPT = 5;

/** Tells those who listen what state the newest task is in. What was so when the chat was opened is not told. */
export function Announcer({ chat }: { chat: IChatView }): React.JSX.Element {
  const { trans } = useServices();
  const words = (): string => {
    const task = chat.tasks[chat.tasks.length - 1];
    return task ? announcement(trans, task) : '';
  };
  const last = React.useRef<string | null>(null);
  last.current ??= words();
  const [lines, setLines] = React.useState<readonly { key: number; text: string }[]>([]);
  useFrames(chat.changed, () => {
    const text = words();
    if (text && text !== last.current) {
      last.current = text;
      setLines(before => [...before.slice(1 - KEPT), { key: (before[before.length - 1]?.key ?? 0) + 1, text }]);
    }
  });
  return (
    <div className="jp-OpenInterpreter-hidden" role="log" aria-live="polite" aria-label={trans.__('What happens')}>
      {lines.map(line => (
        <p key={line.key}>{line.text}</p>
      ))}
    </div>
  );
}
