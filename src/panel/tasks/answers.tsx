import * as React from 'react';

import type { Choice } from '../../wire';
import type { IWaits } from '../../words';
import { useOpenings, useServices } from '../services';
import { Asked, Truth, Unseen } from './asked';
import { byPerson } from './button';
import { stretches } from './characters';
import { Verbatim } from './code';
import { useConversation, type IReply } from './conversation';
import { stepBack, useArmed } from './politeness';

interface IDecision {
  /** False before the person can have seen the question, and once it is answered. */
  isFree: boolean;
  decide(choice: Choice, word?: string, source?: string): void;
}

/** Answers a question, once; again where it still stands on a new connection, since the answer may be lost then. */
function useDecision(waits: IWaits): IDecision {
  const { chat, actions } = useConversation();
  const openings = useOpenings();
  const [answered, setAnswered] = React.useState(-1);
  const isArmed = useArmed(openings);
  const { id } = waits.question;
  return {
    isFree: isArmed && answered !== openings,
    decide: (choice, word = '', source = '') => {
      setAnswered(openings);
      stepBack();
      chat.decide(id, { choice, word, source });
      actions.replies.forget(id);
    }
  };
}

/** What was begun to be answered, which outlives the card. */
function useReply(waits: IWaits): [IReply, (part: Partial<IReply>) => void] {
  const { replies } = useConversation().actions;
  const { id } = waits.question;
  const [reply, setReply] = React.useState(() => replies.of(id));
  return [
    reply,
    part => {
      replies.change(id, part);
      setReply(replies.of(id));
    }
  ];
}

/** The one question that opens a notebook for the cells of a model. */
export function Opening({ waits }: { waits: IWaits }): React.JSX.Element {
  const { trans } = useServices();
  const { isFree, decide } = useDecision(waits);
  const choose = (choice: Choice) => (): void => {
    decide(choice);
  };
  return (
    <>
      <Asked waits={waits} />
      <Truth host={waits.question.host} />
      <p>
        {trans.__(
          'A cell that does more than you choose here asks first. Your choice holds until the kernel restarts.'
        )}
      </p>
      <div className="jp-OpenInterpreter-choices jp-mod-stacked">
        <Choose isFree={isFree} look="accept" act={choose('computing')}>
          {trans.__('Run cells classed as computing or writing new data files')}
        </Choose>
        <Choose isFree={isFree} act={choose('each')}>
          {trans.__('Ask each time')}
        </Choose>
        <Choose isFree={isFree} act={choose('insert')} hint={trans.__('Insert cells and never run them')}>
          {trans.__('Only insert')}
        </Choose>
      </div>
    </>
  );
}

/** May this one cell run. */
export function Ordinary({ waits }: { waits: IWaits }): React.JSX.Element {
  const { trans } = useServices();
  const { source } = waits.question.cell;
  const { isFree, decide } = useDecision(waits);
  const [{ source: edited, word }, change] = useReply(waits);
  const isGrave = waits.question.judgement.level === 'L3';
  return (
    <>
      {edited === null ? <Asked waits={waits} /> : <Edited source={edited} change={change} />}
      <Truth host={waits.question.host} />
      <div className="jp-OpenInterpreter-choices">
        <Choose
          isFree={isFree && edited?.trim() !== ''}
          look={isGrave ? 'warn' : 'accept'}
          act={() => {
            decide('run', '', edited === source ? '' : (edited ?? ''));
          }}
        >
          {edited === null ? trans.__('Run once') : trans.__('Run edited')}
        </Choose>
        {!isGrave && edited === null && (
          <Choose
            isFree={isFree}
            hint={trans.__('Runs this cell, and what else this task brings that does no more than this one')}
            act={() => {
              decide('rest');
            }}
          >
            {trans.__('Run the rest of this task')}
          </Choose>
        )}
        <Choose
          isFree={isFree}
          act={() => {
            change({ source: edited === null ? source : null });
          }}
        >
          {edited === null ? trans.__('Edit') : trans.__('Discard my edit')}
        </Choose>
      </div>
      <Refuse
        isFree={isFree}
        word={word}
        change={change}
        refuse={() => {
          decide('refuse', word.trim());
        }}
      />
    </>
  );
}

/** The code in the person's hands. */
function Edited({ source, change }: { source: string; change: (part: Partial<IReply>) => void }): React.JSX.Element {
  const { trans } = useServices();
  const field = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => {
    field.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      {stretches(source).some(stretch => stretch.isSpelt) && (
        <>
          <Verbatim text={source} label={trans.__('The cell, with everything spelt out')} className="jp-mod-whole" />
          <Unseen source={source} />
        </>
      )}
      <textarea
        ref={field}
        className="jp-OpenInterpreter-edited"
        aria-label={trans.__('The cell as it will run')}
        value={source}
        rows={Math.min(16, source.split('\n').length + 1)}
        spellCheck={false}
        dir="ltr"
        onChange={event => {
          change({ source: event.currentTarget.value });
        }}
      />
    </>
  );
}

/** No, and maybe why. */
function Refuse(props: {
  isFree: boolean;
  word: string;
  change: (part: Partial<IReply>) => void;
  refuse: () => void;
}): React.JSX.Element {
  const { trans } = useServices();
  const { isFree, word, change, refuse } = props;
  const hint = word.trim()
    ? trans.__('The model is told, and goes on')
    : trans.__('Ends the task; with a word to the model it goes on');
  return (
    <div className="jp-OpenInterpreter-refuse">
      <input
        type="text"
        className="jp-mod-styled"
        dir="auto"
        value={word}
        placeholder={trans.__('Why not (optional)')}
        aria-label={trans.__('With Refuse: a word to the model (optional)')}
        onChange={event => {
          change({ word: event.currentTarget.value });
        }}
      />
      <Choose isFree={isFree} hint={hint} act={refuse}>
        {trans.__('Refuse')}
      </Choose>
    </div>
  );
}

function Choose(props: {
  isFree: boolean;
  act: () => void;
  look?: 'accept' | 'warn' | 'reject';
  hint?: string;
  children: string;
}): React.JSX.Element {
  return (
    <button
      type="button"
      className={`jp-mod-styled jp-mod-${props.look ?? 'reject'}`}
      title={props.hint}
      disabled={!props.isFree}
      onClick={byPerson(props.act)}
    >
      {props.children}
    </button>
  );
}
