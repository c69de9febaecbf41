import * as React from 'react';

import type { IWaits } from '../../words';
import { useServices } from '../services';
import { Change } from './attempts';
import { lineCount, stretches } from './characters';
import { Verbatim } from './code';

/** Lines of code that stand in the box without scrolling. */
const IN_SIGHT = 14;

/** The whole code that would run, or what it would change in a cell of the person's. */
export function Asked({ waits }: { waits: IWaits }): React.JSX.Element {
  const { trans } = useServices();
  const { replaces } = waits;
  const { source } = waits.question.cell;
  const lines = lineCount(source);
  return (
    <>
      {replaces === null ? (
        <Verbatim text={source} label={trans.__('The cell')} className="jp-mod-whole" />
      ) : (
        <>
          <p>{trans.__('It replaces what stands in your cell:')}</p>
          <Change before={replaces} after={source} label={trans.__('What would change in your cell')} />
        </>
      )}
      {lines > IN_SIGHT && (
        <p className="jp-OpenInterpreter-quiet">{trans.__('%1 lines: scroll to read them all.', lines)}</p>
      )}
      <Unseen source={source} />
    </>
  );
}

/** Says where characters stand in a code that nobody could see. */
export function Unseen({ source }: { source: string }): React.JSX.Element | null {
  const { trans } = useServices();
  const count = stretches(source).filter(stretch => stretch.isSpelt).length;
  return count === 0 ? null : (
    <p className="jp-OpenInterpreter-warning">
      {trans._n(
        'It holds a character that cannot be seen; it is spelt out above.',
        'It holds %1 characters that cannot be seen; they are spelt out above.',
        count
      )}
    </p>
  );
}

/** What running it means, in plain words. */
export function Truth({ host }: { host: string }): React.JSX.Element {
  const { trans } = useServices();
  return (
    <p className="jp-OpenInterpreter-truth">
      {host
        ? trans.__('This code runs as you and can read your files, and what it prints goes to %1.', host)
        : trans.__('This code runs as you and can read your files.')}
    </p>
  );
}
