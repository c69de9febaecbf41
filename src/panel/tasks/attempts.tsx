import * as React from 'react';

import type { IAttempt } from '../../contracts';
import { Diff } from '../../diff/view';
import { useServices } from '../services';
import { firstLine, lineCount, spellOut, withoutColours } from './characters';
import { Highlighted, Verbatim } from './code';
import { CopyButton } from './copying';
import { levelWords, newest, standing, tryOf, type CellPart } from './states';
import { told } from '../../told';

/** How much of an output is shown before it is unfolded. */
const GLIMPSE = { lines: 4, characters: 400 };

/** What differs between two sources. */
export function Change({ before, after, label }: { before: string; after: string; label: string }): React.JSX.Element {
  const { trans } = useServices();
  const words = { label, added: trans.__('Added'), removed: trans.__('Removed') };
  return <Diff before={spellOut(before)} after={spellOut(after)} words={words} />;
}

/** Each attempt after the first, with why and what was changed; and what became of a cell of the person's. */
export function Changes({ part }: { part: CellPart }): React.JSX.Element | null {
  const { trans } = useServices();
  const attempts = standing(part);
  const { source, state } = newest(part) ?? { source: '', state: 'drafting' };
  // The card that asks shows what would change.
  return state === 'waiting' ? null : (
    <>
      {part.before !== null && source && part.before !== source && (
        <Folded summary={trans.__('What changed in your cell')}>
          <Change before={part.before} after={source} label={trans.__('What changed in your cell')} />
        </Folded>
      )}
      {attempts.slice(1).map((attempt, index) => (
        <Correction key={attempt.number} part={part} before={attempts[index]} after={attempt} />
      ))}
    </>
  );
}

function Correction(props: {
  part: CellPart;
  before: IAttempt | undefined;
  after: IAttempt;
}): React.JSX.Element | null {
  const { trans } = useServices();
  const { part, before, after } = props;
  if (!before || after.state === 'drafting') {
    return null;
  }
  const [from, to] = [tryOf(part, before), tryOf(part, after)];
  const error = before.error.split(':', 1)[0] ?? '';
  const summary = error
    ? trans.__('Attempt %1 → %2, after %3', from, to, spellOut(error))
    : trans.__('Attempt %1 → %2', from, to);
  return (
    <Folded summary={summary}>
      {before.error && (
        <p className="jp-OpenInterpreter-errorLine">{spellOut(firstLine(withoutColours(before.error)))}</p>
      )}
      <Change before={before.source} after={after.source} label={summary} />
    </Folded>
  );
}

/** Why a cell was judged to do more than compute, where it was. */
export function Level({ attempt }: { attempt: IAttempt }): React.JSX.Element | null {
  const { trans } = useServices();
  const { level, reasons, state } = attempt;
  // What waits is told of on the card that asks.
  if (!level || level === 'L0' || state === 'drafting' || state === 'waiting') {
    return null;
  }
  return (
    <p className={`jp-OpenInterpreter-level jp-mod-${level}`}>
      {reasons.length > 0
        ? trans.__('It %1', reasons.map(reason => told(trans, reason)).join('; '))
        : levelWords(trans, level)}
    </p>
  );
}

/** What a cell put out, or why it did not run, in short. */
export function Result({ attempt }: { attempt: IAttempt }): React.JSX.Element {
  const { trans } = useServices();
  const shows = withoutColours(attempt.shows).trimEnd();
  // What a stopped cell raises is the stop itself; of an error of many lines the first tells most.
  const error = attempt.state === 'aborted' ? '' : firstLine(withoutColours(attempt.error));
  const glimpse = shows.split('\n').slice(0, GLIMPSE.lines).join('\n').slice(0, GLIMPSE.characters);
  return (
    <>
      {attempt.note && (
        <p className="jp-OpenInterpreter-note" dir="auto">
          {told(trans, attempt.note)}
        </p>
      )}
      {error && <p className="jp-OpenInterpreter-errorLine">{spellOut(error)}</p>}
      {glimpse && (
        <pre className="jp-OpenInterpreter-glimpse" dir="auto">
          {spellOut(glimpse)}
          {glimpse.length < shows.length && '\n…'}
        </pre>
      )}
      {attempt.pictures > 0 && (
        <p className="jp-OpenInterpreter-quiet">{trans._n('One picture', '%1 pictures', attempt.pictures)}</p>
      )}
    </>
  );
}

/** The code, the whole beginning of the output and the traceback. */
export function Detail({ attempt, language }: { attempt: IAttempt; language: string }): React.JSX.Element {
  const { trans } = useServices();
  return (
    <div className="jp-OpenInterpreter-detail">
      <div className="jp-OpenInterpreter-detailHead">
        <span className="jp-OpenInterpreter-quiet">{trans._n('One line', '%1 lines', lineCount(attempt.source))}</span>
        <CopyButton text={() => attempt.source} label={trans.__('Copy the code')} />
      </div>
      <Highlighted source={attempt.source} language={language} label={trans.__('Code')} />
      {attempt.traceback && (
        <Folded summary={trans.__('Traceback')}>
          <Verbatim text={withoutColours(attempt.traceback)} label={trans.__('Traceback')} />
        </Folded>
      )}
    </div>
  );
}

/** Something that is shown when it is asked for, and not made before. */
export function Folded({ summary, children }: { summary: string; children: React.ReactNode }): React.JSX.Element {
  const [isShown, setShown] = React.useState(false);
  return (
    <details
      className="jp-OpenInterpreter-folded"
      onToggle={event => {
        setShown(event.currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {isShown && children}
    </details>
  );
}
