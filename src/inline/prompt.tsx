import type { TranslationBundle } from '@jupyterlab/translation';
import { Button, closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { told } from '../told';
import { press, type IActions } from './keys';
import { Preview } from './preview';
import type { Recall } from './recall';
import type { Sketching } from './sketching';

/** What the prompt stands on. */
export interface IPromptProps {
  sketching: Sketching;
  recall: Recall;
  trans: TranslationBundle;
  /** Take the prompt away; `then` says what becomes of the cell. */
  close: (then: 'accepted' | 'run' | 'refused') => void;
}

/** Where one says what a cell is to do, and what came of it. */
export function Prompt(props: IPromptProps): React.JSX.Element {
  const { sketching, recall, trans } = props;
  useSketch(sketching);
  const [words, setWords] = React.useState(sketching.draft);
  const write = (text: string): void => {
    sketching.draft = text;
    setWords(text);
  };
  const actions = actionsOf(props, words);
  return (
    <div
      className="jp-OpenInterpreter-inline"
      role="dialog"
      aria-label={trans.__('Say what this cell is to do')}
      data-lm-suppress-shortcuts="true"
      onKeyDown={event => {
        press(event, sketching.stage, words === sketching.words, actions);
      }}
    >
      <div className="jp-OpenInterpreter-inlineRow">
        <Field sketching={sketching} recall={recall} trans={trans} words={words} setWords={write} />
        <Button
          minimal
          type="button"
          className="jp-OpenInterpreter-inlineClose"
          aria-label={trans.__('Close')}
          title={trans.__('Close (Escape)')}
          onClick={actions.refuse}
        >
          <closeIcon.react tag="span" width="16px" height="16px" />
        </Button>
      </div>
      <State sketching={sketching} trans={trans} />
      <Preview sketching={sketching} trans={trans} />
      <Buttons sketching={sketching} trans={trans} actions={actions} hasWords={words.trim() !== ''} />
    </div>
  );
}

function Field(
  props: Omit<IPromptProps, 'close'> & { words: string; setWords: (words: string) => void }
): React.JSX.Element {
  const { sketching, recall, trans, words, setWords } = props;
  const field = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => {
    field.current?.focus({ preventScroll: true });
  }, []);
  const isEmptyCell = sketching.before.trim() === '';
  return (
    <textarea
      ref={field}
      className="jp-OpenInterpreter-inlineField jp-mod-styled"
      dir="auto"
      rows={Math.min(8, words.split('\n').length)}
      value={words}
      readOnly={sketching.stage === 'writing'}
      placeholder={isEmptyCell ? trans.__('What is this cell to do?') : trans.__('How is this cell to be changed?')}
      aria-label={trans.__('What the cell is to do')}
      onChange={event => {
        setWords(event.target.value);
      }}
      onKeyDown={event => {
        const recalled = recallBy(event, words, recall);
        if (recalled !== null) {
          event.preventDefault();
          setWords(recalled);
        }
      }}
    />
  );
}

/** One line that screen readers hear as it changes. */
function State({ sketching, trans }: Pick<IPromptProps, 'sketching' | 'trans'>): React.JSX.Element {
  const texts = {
    asking: '',
    writing: trans.__('Generating…'),
    drawn: sketching.isAcceptable
      ? trans.__('Enter accepts, Shift Enter accepts and runs, Escape refuses.')
      : trans.__('Nothing would change. Say it in other words.')
  };
  return (
    <>
      <p className="jp-OpenInterpreter-inlineState" role="status">
        {texts[sketching.stage]}
      </p>
      {sketching.trouble !== '' && (
        <p className="jp-OpenInterpreter-inlineTrouble" role="alert" dir="auto">
          {told(trans, sketching.trouble)}
        </p>
      )}
    </>
  );
}

function Buttons(
  props: Pick<IPromptProps, 'sketching' | 'trans'> & { actions: IActions; hasWords: boolean }
): React.JSX.Element {
  const { sketching, trans, actions, hasWords } = props;
  const button = (label: string, act: () => void, look: string, isDisabled = false): React.JSX.Element => (
    <button key={label} type="button" className={`jp-mod-styled ${look}`} onClick={act} disabled={isDisabled}>
      {label}
    </button>
  );
  const { stage } = sketching;
  const ask = (label: string): React.JSX.Element =>
    button(label, actions.ask, sketching.isAcceptable ? 'jp-mod-reject' : 'jp-mod-accept', !hasWords);
  return (
    <div className="jp-OpenInterpreter-inlineButtons">
      {stage === 'writing' && button(trans.__('Stop'), actions.stop, 'jp-mod-reject')}
      {stage === 'asking' && ask(sketching.trouble === '' ? trans.__('Generate') : trans.__('Try Again'))}
      {sketching.isAcceptable && button(trans.__('Accept'), actions.accept, 'jp-mod-accept')}
      {sketching.isAcceptable && button(trans.__('Accept & Run'), actions.acceptAndRun, 'jp-mod-reject')}
      {stage === 'drawn' && button(trans.__('Refuse'), actions.refuse, 'jp-mod-reject')}
      {stage === 'drawn' && ask(trans.__('Try Again'))}
    </div>
  );
}

function actionsOf({ sketching, recall, close }: IPromptProps, words: string): IActions {
  const accept = (then: 'accepted' | 'run') => () => {
    if (sketching.accept()) {
      close(then);
    }
  };
  return {
    ask: () => {
      if (words.trim() !== '') {
        recall.keep(words);
        sketching.ask(words);
      }
    },
    stop: () => {
      sketching.stop();
    },
    accept: accept('accepted'),
    acceptAndRun: accept('run'),
    refuse: () => {
      close('refused');
    }
  };
}

/** Words that were said before, by the arrow keys, where the cursor has no line to go to. */
function recallBy(event: React.KeyboardEvent<HTMLTextAreaElement>, words: string, recall: Recall): string | null {
  const { selectionStart } = event.currentTarget;
  if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey || event.currentTarget.readOnly) {
    return null;
  }
  if (event.key === 'ArrowUp' && !words.slice(0, selectionStart).includes('\n')) {
    return recall.before(words);
  }
  if (event.key === 'ArrowDown' && !words.slice(selectionStart).includes('\n')) {
    return recall.after(words);
  }
  return null;
}

function useSketch(sketching: Sketching): void {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    sketching.changed.connect(redraw);
    return () => {
      sketching.changed.disconnect(redraw);
    };
  }, [sketching]);
}
