import * as React from 'react';

import { useServices } from '../services';

/** A friendly start: three things that can be asked. A click puts one where the person writes; nothing is sent. */
export function Examples({ onPick }: { onPick: (text: string) => void }): React.JSX.Element {
  const { trans } = useServices();
  const examples = [
    trans.__('Load the CSV file in this folder and show the first rows'),
    trans.__('How many values are missing in each column?'),
    trans.__('Show the correlations of the columns as a heatmap')
  ];
  return (
    <section className="jp-OpenInterpreter-examples" aria-label={trans.__('Examples')}>
      <h2>{trans.__('Ask, and the notebook does it')}</h2>
      <p>{trans.__('Code is written into cells of this notebook and runs in its kernel. You see every step.')}</p>
      <ul>
        {examples.map(example => (
          <li key={example}>
            <button
              type="button"
              onClick={() => {
                onPick(example);
              }}
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
