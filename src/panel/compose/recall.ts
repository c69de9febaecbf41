import type { ITaskView } from '../../contracts';

/** What the person has said in a chat, as it was typed, the latest last; each text once, where it was said last. */
export function spoken(tasks: readonly ITaskView[]): string[] {
  const all = tasks.flatMap(task => [
    typed(task),
    ...task.parts.flatMap(part => (part.kind === 'steer' ? [part.text] : []))
  ]);
  return [...new Set(all.reverse())].filter(text => text !== '').reverse();
}

/** The words of a task as they were typed, with the slash. */
export function typed(task: Pick<ITaskView, 'said'>): string {
  const { command, text } = task.said;
  return command ? `/${command} ${text}`.trim() : text;
}

/** The words before (-1) or after (+1) those that the field shows; null where it shows something of its own. */
export function recalled(all: readonly string[], shown: string, step: -1 | 1): string | null {
  if (shown === '') {
    return step < 0 ? (all.at(-1) ?? null) : null;
  }
  const at = all.indexOf(shown);
  if (at < 0) {
    return null;
  }
  return all[at + step] ?? (step > 0 ? '' : shown);
}
