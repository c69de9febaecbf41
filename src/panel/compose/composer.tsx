import { Button, closeIcon, stopIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { IconButton } from '../controls/iconbutton';
import { useChanges, useServices } from '../services';
import { attachPictures } from './attaching';
import { Chips } from './chips';
import { isEmpty } from './drafts';
import { useDrop } from './drop';
import { Field } from './field';
import { Foot } from './foot';
import { atIcon, pictureIcon, sendIcon, slashIcon } from './icons';
import { KINDS } from './limits';
import { useWriting } from './writing';

/** Where the person writes, with everything that goes along. */
export function Composer(): React.JSX.Element {
  const { trans, chats } = useServices();
  const { composing } = useWriting();
  useRunning();
  const box = React.useRef<HTMLDivElement>(null);
  const isOver = useDrop(box, composing);
  const isRunning = chats.shown?.isRunning ?? false;
  return (
    <section className="jp-OpenInterpreter-composer" aria-label={trans.__('Message')}>
      <Editing />
      <TroubleLine />
      <div className={`jp-OpenInterpreter-box${isOver ? ' jp-mod-over' : ''}`} ref={box}>
        <Chips />
        <Field
          label={isRunning ? trans.__('Steer the task that runs') : trans.__('Ask, or say what to do')}
          placeholder={
            isRunning
              ? trans.__('Say more to steer the task that runs')
              : trans.__('Ask about your data, or say what to do. @ names things, / lists commands.')
          }
        />
        <Actions isRunning={isRunning} />
        {isOver && <div className="jp-OpenInterpreter-dropHint">{trans.__('Drop to attach')}</div>}
      </div>
      <Foot />
    </section>
  );
}

/** Show the composer again when a task of the shown chat begins or ends, and not with every piece of it. */
function useRunning(): void {
  const { chats } = useServices();
  useChanges(chats.changed);
  const chat = chats.shown;
  const [, set] = React.useState(chat?.isRunning ?? false);
  React.useEffect(() => {
    const onChange = (): void => {
      set(chat?.isRunning ?? false);
    };
    onChange();
    chat?.changed.connect(onChange);
    return () => {
      chat?.changed.disconnect(onChange);
    };
  }, [chat]);
}

/** Says that an earlier message is changed, and what becomes of its cells. */
function Editing(): React.JSX.Element | null {
  const { trans } = useServices();
  const { composing, speaking } = useWriting();
  const { undo } = composing.draft;
  if (!composing.instead) {
    return null;
  }
  return (
    <div className="jp-OpenInterpreter-editing">
      <div className="jp-OpenInterpreter-editingText">
        <span>{trans.__('You are changing an earlier message. What came after it goes when you send.')}</span>
        <label>
          <input
            type="checkbox"
            checked={undo}
            onChange={event => {
              composing.change({ undo: event.target.checked });
            }}
          />
          {trans.__('Take its cells back first')}
        </label>
      </div>
      <IconButton
        icon={closeIcon}
        label={trans.__('Leave the message as it was')}
        act={() => {
          speaking.cancelEdit();
        }}
      />
    </div>
  );
}

/** What could not be done, heard by screen readers at once. */
function TroubleLine(): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  const { line } = composing;
  return (
    <div role="status" aria-live="polite" className="jp-OpenInterpreter-lineHolder">
      {line && (
        <div className={`jp-OpenInterpreter-line jp-mod-${line.tone}`}>
          <span dir="auto">{line.text}</span>
          <IconButton
            icon={closeIcon}
            label={trans.__('Dismiss')}
            act={() => {
              composing.tell(null);
            }}
          />
        </div>
      )}
    </div>
  );
}

/** The buttons under the text. */
function Actions({ isRunning }: { isRunning: boolean }): React.JSX.Element {
  const { trans, chats } = useServices();
  const { composing, speaking } = useWriting();
  const hasText = composing.draft.text.trim() !== '';
  return (
    <div className="jp-OpenInterpreter-actions">
      <PictureButton />
      <IconButton
        icon={atIcon}
        label={trans.__('Name a variable, column, cell or file (@)')}
        act={() => {
          composing.begin('@');
        }}
      />
      <IconButton
        icon={slashIcon}
        label={trans.__('Commands (/)')}
        act={() => {
          composing.begin('/');
        }}
      />
      <span className="jp-OpenInterpreter-space">{isRunning && hasText ? trans.__('Steers the task') : ''}</span>
      {isRunning && <StopButton key={chats.shown?.id} />}
      {(!isRunning || hasText) && (
        <Button
          className="jp-OpenInterpreter-send jp-mod-styled jp-mod-accept"
          disabled={isEmpty(composing.draft)}
          aria-label={isRunning ? trans.__('Steer the task that runs') : trans.__('Send')}
          title={isRunning ? trans.__('Steer the task that runs') : trans.__('Send')}
          onClick={() => {
            speaking.send();
          }}
        >
          <sendIcon.react tag="span" width="16px" height="16px" />
        </Button>
      )}
    </div>
  );
}

/** Ends the task. The focus goes back to where one writes, since the button goes with what it stops. */
function StopButton(): React.JSX.Element {
  const { trans, chats } = useServices();
  const { composing } = useWriting();
  const [isStopping, setStopping] = React.useState(false);
  return (
    <Button
      className="jp-OpenInterpreter-stop"
      title={trans.__('Stop the task, and its work in the kernel')}
      onClick={() => {
        setStopping(true);
        chats.shown?.stop();
        composing.focus();
      }}
    >
      <stopIcon.react tag="span" width="16px" height="16px" />
      {isStopping ? trans.__('Stopping…') : trans.__('Stop')}
    </Button>
  );
}

/** Attach pictures from files. */
function PictureButton(): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  const input = React.useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        icon={pictureIcon}
        label={trans.__('Attach pictures')}
        act={() => {
          input.current?.click();
        }}
      />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={KINDS.join(',')}
        onChange={event => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void attachPictures(composing, files).then(() => {
            composing.focus();
          });
        }}
      />
    </>
  );
}
