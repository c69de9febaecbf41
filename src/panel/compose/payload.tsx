import { copyIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { told } from '../../told';
import type { IMessage } from '../../words';
import { IconButton } from '../controls/iconbutton';
import { useChanges, useServices } from '../services';
import { estimate, payloadText } from './figures';
import { Sheet } from './sheet';
import { useWriting } from './writing';

/** Exactly what would be sent for what is written now. It follows the text; nothing is sent by looking at it. */
export function Payload(): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  useChanges(composing.previews.changed);
  const { latest, isAsking } = composing.previews;
  return (
    <Sheet
      label={trans.__('What would be sent')}
      title={trans.__('What would be sent')}
      about={trans.__('Messages')}
      buttons={<CopyButton messages={latest?.messages ?? []} />}
    >
      <Line isAsking={isAsking} />
      {latest && !latest.trouble && <div className="jp-OpenInterpreter-aside">{estimate(latest, trans)}</div>}
      {latest?.messages.map((message, index) => (
        <Message key={index} message={message} />
      ))}
    </Sheet>
  );
}

/** Why nothing is shown, or that something newer comes. */
function Line({ isAsking }: { isAsking: boolean }): React.JSX.Element | null {
  const { trans, client } = useServices();
  const { composing } = useWriting();
  const { latest } = composing.previews;
  const text = latest?.trouble
    ? told(trans, latest.trouble)
    : isAsking && client.connection === 'open'
      ? trans.__('Asking the server…')
      : client.connection !== 'open'
        ? trans.__('There is no connection to the server, which puts this together.')
        : latest
          ? ''
          : trans.__('This is one of the panel’s own commands: nothing would be sent.');
  return text ? (
    <p className="jp-OpenInterpreter-aside" role="status">
      {text}
    </p>
  ) : null;
}

function Message({ message }: { message: IMessage }): React.JSX.Element {
  const { trans } = useServices();
  const roles: Record<IMessage['role'], string> = {
    system: trans.__('System'),
    user: trans.__('User'),
    assistant: trans.__('Assistant')
  };
  return (
    <article className="jp-OpenInterpreter-payloadMessage">
      <h3>{roles[message.role]}</h3>
      <pre dir="auto">{message.text}</pre>
      {message.images.map((image, index) => (
        <img key={index} src={`data:${image.mime};base64,${image.data}`} alt={trans.__('Picture %1', index + 1)} />
      ))}
    </article>
  );
}

function CopyButton({ messages }: { messages: readonly IMessage[] }): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  return (
    <IconButton
      icon={copyIcon}
      label={trans.__('Copy all of it')}
      isDisabled={messages.length === 0}
      act={() => {
        navigator.clipboard.writeText(payloadText(messages)).then(
          () => {
            composing.tell(trans.__('Copied.'), 'hint');
          },
          () => {
            composing.tell(trans.__('The browser does not allow copying here. Select the text and copy it by hand.'));
          }
        );
      }}
    />
  );
}
