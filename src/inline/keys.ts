import type { KeyboardEvent } from 'react';

import type { Stage } from './sketching';

/** What can be done at the prompt. */
export interface IActions {
  ask: () => void;
  stop: () => void;
  accept: () => void;
  acceptAndRun: () => void;
  refuse: () => void;
}

/** What a key does at the prompt, beside what the browser does with it; `isSame` where no other words were typed. */
export function press(event: KeyboardEvent<HTMLElement>, stage: Stage, isSame: boolean, actions: IActions): void {
  // While an input method composes, the keys are its own.
  const action = event.nativeEvent.isComposing ? null : actionOf(event, stage, isSame, actions);
  if (action) {
    event.preventDefault();
    event.stopPropagation();
    action();
  }
}

function actionOf(
  event: KeyboardEvent<HTMLElement>,
  stage: Stage,
  isSame: boolean,
  actions: IActions
): (() => void) | null {
  if (event.key === 'Escape') {
    return stage === 'writing' ? actions.stop : actions.refuse;
  }
  if (event.key !== 'Enter' || event.altKey || stage === 'writing') {
    return null;
  }
  const isField = event.target instanceof HTMLTextAreaElement;
  const isDecided = stage === 'drawn' && (isSame || !isField);
  if (event.ctrlKey || event.metaKey) {
    return stage === 'drawn' ? actions.accept : actions.ask;
  }
  if (event.shiftKey) {
    return isDecided ? actions.acceptAndRun : null;
  }
  // On a button, Enter presses that one.
  return isField ? (isDecided ? actions.accept : actions.ask) : null;
}
