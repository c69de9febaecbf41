import { checkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IStep } from '../../words';
import { useServices } from '../services';

/** The plan of a task; its steps tick themselves off. */
export function Plan({ steps, isOver }: { steps: readonly IStep[]; isOver: boolean }): React.JSX.Element {
  const { trans } = useServices();
  const done = steps.filter(step => step.done).length;
  const current = isOver ? -1 : steps.findIndex(step => !step.done);
  return (
    <section className="jp-OpenInterpreter-plan" aria-label={trans.__('Plan')}>
      <div className="jp-OpenInterpreter-planHead">
        <span>{trans.__('Plan')}</span>
        <span className="jp-OpenInterpreter-quiet">{trans.__('%1 of %2', done, steps.length)}</span>
      </div>
      <ol>
        {steps.map((step, index) => (
          <li
            key={index}
            className={step.done ? 'jp-mod-done' : index === current ? 'jp-mod-current' : ''}
            aria-current={index === current ? 'step' : undefined}
          >
            <span
              className="jp-OpenInterpreter-tick"
              role="img"
              aria-label={step.done ? trans.__('Done') : trans.__('To do')}
            >
              {step.done && <checkIcon.react tag="span" className="jp-OpenInterpreter-icon" />}
            </span>
            <span dir="auto">{step.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
