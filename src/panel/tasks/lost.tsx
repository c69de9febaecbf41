import { runIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Part } from '../../contracts';
import { useChanges, useServices } from '../services';
import { byPerson } from './button';
import { spellOut, tellingLine } from './characters';
import { useConversation } from './conversation';

/** How many names are told before the rest is a number. */
const MANY = 12;

/** The kernel is gone: what went with it, and the cells that would bring it back. Nothing runs by itself. */
export function Lost({ part }: { part: Extract<Part, { kind: 'lost' }> }): React.JSX.Element {
  const { trans } = useServices();
  return (
    <section className="jp-OpenInterpreter-lost" aria-label={trans.__('The kernel is gone')}>
      <p>
        <strong>{part.restarted ? trans.__('The kernel was restarted.') : trans.__('The kernel died.')}</strong>{' '}
        {part.variables.length === 0 && trans.__('What it held is gone.')}
      </p>
      {part.variables.length > 0 && (
        <p>
          {trans.__('These variables are gone:')} <Names names={part.variables} />
        </p>
      )}
      {part.cells.length > 0 && <RunAgain cells={part.cells} />}
    </section>
  );
}

function Names({ names }: { names: readonly string[] }): React.JSX.Element {
  const { trans } = useServices();
  const rest = names.length - MANY;
  return (
    <>
      {names.slice(0, MANY).map((name, index) => (
        <React.Fragment key={name}>
          {index > 0 && ', '}
          <code dir="ltr">{spellOut(name)}</code>
        </React.Fragment>
      ))}
      {rest > 0 && ` ${trans._n('and one more', 'and %1 more', rest)}`}
    </>
  );
}

/** The cells in their order, each with its button. */
function RunAgain({ cells }: { cells: readonly string[] }): React.JSX.Element {
  const { trans, notebooks } = useServices();
  const { chat } = useConversation();
  useChanges(notebooks.changed);
  const { path } = chat.info;
  const there = cells.flatMap(id => notebooks.cell(path, id) ?? []);
  const run = (ids: readonly string[]): void => {
    for (const id of ids) {
      notebooks.run(path, id);
    }
  };
  if (there.length === 0) {
    return <p>{trans.__('Open the notebook to run again the cells that made them.')}</p>;
  }
  return (
    <>
      <p>{trans._n('One cell would have to run again:', '%1 cells would have to run again:', there.length)}</p>
      <ul>
        {there.map(cell => (
          <li key={cell.id}>
            <button
              type="button"
              className="jp-OpenInterpreter-wordButton"
              onClick={byPerson(() => {
                run([cell.id]);
              })}
            >
              <runIcon.react tag="span" className="jp-OpenInterpreter-icon" />
              <span className="jp-OpenInterpreter-hidden">{trans.__('Run')}</span>
              {cell.count !== null && <span className="jp-OpenInterpreter-count">[{cell.count}]</span>}
              <code dir="ltr">{spellOut(tellingLine(cell.source))}</code>
            </button>
          </li>
        ))}
      </ul>
      {there.length > 1 && (
        <button
          type="button"
          className="jp-mod-styled jp-mod-reject"
          onClick={byPerson(() => {
            run(there.map(cell => cell.id));
          })}
        >
          {trans.__('Run all of them')}
        </button>
      )}
    </>
  );
}
