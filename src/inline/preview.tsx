import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Diff } from '../diff/view';
import type { Sketching } from './sketching';

/** What the model has written: as it comes in plain, and in the end beside what stands in the cell. */
export function Preview(props: { sketching: Sketching; trans: TranslationBundle }): React.JSX.Element | null {
  const { sketching, trans } = props;
  const { before, source, prose, stage } = sketching;
  return (
    <>
      {source !== '' &&
        (stage === 'drawn' && before.trim() !== '' ? (
          <Diff
            before={before}
            after={source}
            words={{
              label: trans.__('What would change in the cell'),
              added: trans.__('Added: '),
              removed: trans.__('Removed: ')
            }}
          />
        ) : (
          <pre
            className="jp-OpenInterpreter-inlineCode"
            dir="ltr"
            tabIndex={0}
            role="region"
            aria-label={trans.__('The cell as it would be')}
          >
            {source}
          </pre>
        ))}
      {prose !== '' && (
        <p className="jp-OpenInterpreter-inlineProse" dir="auto">
          {prose}
        </p>
      )}
    </>
  );
}
