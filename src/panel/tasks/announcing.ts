import type { TranslationBundle } from '@jupyterlab/translation';

import type { ITaskView } from '../../contracts';
import { cellName, endingWords, newest, phaseWords, stateWords, undoneWords } from './states';

/**
 * What somebody who does not see the panel should hear of a task now; each state once, never the pieces of a text.
 *
 * The same words mean the same state, so that a listener tells them only when they change.
 */
export function announcement(trans: TranslationBundle, task: ITaskView): string {
  if (task.isUndone) {
    return undoneWords(trans, task.kept.length);
  }
  if (task.question) {
    return task.question.question.opening
      ? trans.__('An answer is needed: how shall cells of this model run in this notebook?')
      : trans.__('An answer is needed: may this cell run?');
  }
  if (task.finished) {
    return endingWords(trans, task).text || trans.__('The task is done.');
  }
  if (task.phase === 'writing') {
    return '';
  }
  return [lastFailure(trans, task), phaseWords(trans, task, true)].filter(Boolean).join(' ');
}

function lastFailure(trans: TranslationBundle, task: ITaskView): string {
  const last = task.parts[task.parts.length - 1];
  const attempt = last?.kind === 'cell' ? newest(last) : undefined;
  if (attempt?.state !== 'error') {
    return '';
  }
  return `${stateWords(trans, 'error')}: ${cellName(trans, attempt)}. ${attempt.error}.`;
}
