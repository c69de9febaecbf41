import * as React from 'react';

import type { IChatView } from '../contracts';
import { Composer } from './compose/composer';
import { Help } from './compose/help';
import { Payload } from './compose/payload';
import { useWriting } from './compose/writing';
import { Header } from './header/header';
import { Notices } from './notices';
import { useChanges, useServices } from './services';
import { Loading, NoNotebook, NotLoaded, Refused } from './states';
import { Examples, Tasks, type ITaskActions } from './tasks';

/** The side panel, from top to bottom. What was typed stays in every state. */
export function Panel(): React.JSX.Element {
  return (
    <>
      <Header />
      <Middle />
      <Notices />
      <Composer />
    </>
  );
}

/** The conversation, or what is so where there is none. */
function Middle(): React.JSX.Element {
  const { trans, client, chats } = useServices();
  const { composing, speaking } = useWriting();
  useChanges(client.changed);
  useChanges(chats.changed);
  const actions = React.useMemo(
    () => ({
      edit: speaking.edit.bind(speaking),
      retry: speaking.retry.bind(speaking),
      replies: composing.replies
    }),
    [composing, speaking]
  );
  const chat = chats.shown;
  return (
    <div className="jp-OpenInterpreter-middle">
      {client.connection === 'refused' ? (
        <Refused />
      ) : composing.scene === 'help' ? (
        <Help />
      ) : composing.scene === 'payload' ? (
        <Payload />
      ) : chats.path === '' ? (
        <NoNotebook />
      ) : client.welcome === null && !chat ? (
        <Loading title={trans.__('Connecting to the server…')} />
      ) : !chat?.isLoaded ? (
        chats.trouble ? (
          <NotLoaded chat={chat?.id ?? ''} />
        ) : (
          <Loading title={trans.__('Loading the chat…')} />
        )
      ) : (
        <Conversation key={chat.id} chat={chat} actions={actions} />
      )}
    </div>
  );
}

/** What was said, or things that could be said. */
function Conversation({ chat, actions }: { chat: IChatView; actions: ITaskActions }): React.JSX.Element {
  const { composing } = useWriting();
  useChanges(chat.changed, ({ task }) => task === '');
  return chat.tasks.length === 0 ? (
    <div className="jp-OpenInterpreter-start">
      <Examples
        onPick={text => {
          composing.use(text);
        }}
      />
    </div>
  ) : (
    <Tasks chat={chat} actions={actions} />
  );
}
