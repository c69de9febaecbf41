import * as React from 'react';

import { compare, type ILine } from './lines';

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;

/** What a difference is called by those who cannot see its colours. */
export interface IDiffWords {
  label: string;
  added: string;
  removed: string;
}

/** Two sources as one list of lines, with what goes and what comes. Text alone: nothing in it is rendered. */
export function Diff(props: { before: string; after: string; words: IDiffWords }): React.JSX.Element {
  const { before, after, words } = props;
  const lines = React.useMemo(() => compare(before, after), [before, after]);
  return (
    <div className="jp-OpenInterpreter-diff" role="region" aria-label={words.label} tabIndex={0} dir="ltr">
      {lines.map((line, index) => (
        <Line key={index} line={line} words={words} />
      ))}
    </div>
  );
}

function Line({ line, words }: { line: ILine; words: IDiffWords }): React.JSX.Element {
  return (
    <div className={`jp-OpenInterpreter-diffLine jp-mod-${line.kind}`}>
      <span className="jp-OpenInterpreter-diffSign" aria-hidden="true">
        {SIGNS[line.kind]}
      </span>
      {line.kind !== 'same' && <span className="jp-OpenInterpreter-hidden">{words[line.kind]}</span>}
      <span className="jp-OpenInterpreter-diffText">{line.text || ' '}</span>
    </div>
  );
}
