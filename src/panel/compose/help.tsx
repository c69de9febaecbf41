import { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import { COMMANDS } from '../../contracts';
import { useServices } from '../services';
import { Sheet } from './sheet';
import { slashes } from './slash';

/** Everything that can be done here, with the keys for it as they are set now. */
export function Help(): React.JSX.Element {
  const { trans } = useServices();
  return (
    <Sheet
      label={trans.__('Help')}
      title={trans.__('What can be done here')}
      about={trans.__('Commands, names and keys')}
    >
      <Table title={trans.__('Commands')} rows={slashes(trans).map(each => [`/${each.name}`, each.says])} />
      <Table title={trans.__('Names')} rows={names(trans)} />
      <Table title={trans.__('Keys')} rows={useKeyRows()} />
      <p className="jp-OpenInterpreter-aside">
        {trans.__(
          'Pictures can be pasted or dropped, files and cells of JupyterLab dropped. What is written while a task runs steers it.'
        )}
      </p>
    </Sheet>
  );
}

type Row = [string, string];

function names(trans: ReturnType<typeof useServices>['trans']): Row[] {
  return [
    ['@df', trans.__('a variable')],
    ['@df.price', trans.__('a column of a table')],
    ['@[3]', trans.__('the cell with this number')],
    ['@file:data.csv', trans.__('a file beside the notebook')]
  ];
}

function useKeyRows(): Row[] {
  const { trans, preferences, commands } = useServices();
  const send = preferences.sendWithEnter ? 'Enter' : CommandRegistry.formatKeystroke('Accel Enter');
  const own: Row[] = [
    [send, trans.__('Send')],
    [preferences.sendWithEnter ? CommandRegistry.formatKeystroke('Shift Enter') : 'Enter', trans.__('A new line')],
    ['↑', trans.__('The last words again, in an empty field')],
    [CommandRegistry.formatKeystroke('Escape'), trans.__('Back to the notebook, from an empty field')]
  ];
  const titles: Row[] = [
    [COMMANDS.show, trans.__('Show this panel')],
    [COMMANDS.edit, trans.__('Write or change the active cell in place')],
    [COMMANDS.generate, trans.__('Write a new cell below')],
    [COMMANDS.ask, trans.__('Ask about the active cell')],
    [COMMANDS.stop, trans.__('Stop the task')],
    [COMMANDS.newChat, trans.__('A new chat')],
    [COMMANDS.undo, trans.__('Take back the last task')]
  ];
  const bound = titles.flatMap(([command, says]): Row[] => {
    const binding = commands.keyBindings.find(each => each.command === command);
    return binding ? [[CommandRegistry.formatKeystroke([...binding.keys]), says]] : [];
  });
  return [...own, ...bound];
}

function Table({ title, rows }: { title: string; rows: readonly Row[] }): React.JSX.Element {
  return (
    <>
      <h3>{title}</h3>
      <dl className="jp-OpenInterpreter-helpTable">
        {rows.map(([name, says]) => (
          <div key={name + says}>
            <dt>
              <kbd dir="ltr">{name}</kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
