import * as React from 'react';

import type { IWaits } from '../../words';
import { useServices } from '../services';
import { Opening, Ordinary } from './answers';
import { usePoliteFocus } from './politeness';
import { levelWords } from './states';
import { told } from '../../told';

/** A question of the server to the person: may this cell run, or how shall this model's cells run here. */
export function Approval({ waits }: { waits: IWaits }): React.JSX.Element {
  const { trans } = useServices();
  const { host, judgement, opening } = waits.question;
  const card = React.useRef<HTMLElement>(null);
  const title = React.useId();
  usePoliteFocus(card);
  const openingTitle = host
    ? trans.__('Cells written by the model at %1 are about to run in this notebook', host)
    : trans.__('Cells written by the model are about to run in this notebook');
  return (
    <section
      ref={card}
      className={`jp-OpenInterpreter-approval jp-mod-${judgement.level}`}
      aria-labelledby={title}
      tabIndex={-1}
      data-lm-suppress-shortcuts="true"
    >
      <h3 id={title} dir="auto">
        {opening ? openingTitle : trans.__('May this cell run?')}
      </h3>
      <Judged level={judgement.level} reasons={judgement.reasons} />
      {opening ? <Opening waits={waits} /> : <Ordinary waits={waits} />}
    </section>
  );
}

/** What the cell does, as far as its code tells. */
function Judged({ level, reasons }: { level: string; reasons: readonly string[] }): React.JSX.Element {
  const { trans } = useServices();
  return (
    <div className={`jp-OpenInterpreter-judged jp-mod-${level}`}>
      <strong>{levelWords(trans, level)}</strong>
      {reasons.length > 0 && (
        <ul aria-label={trans.__('The cell')}>
          {reasons.map((reason, index) => (
            <li key={index}>{told(trans, reason)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
