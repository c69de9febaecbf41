import * as React from 'react';

import type { IChatView, ITaskView } from '../../contracts';
import type { Markdown } from './markdown';

/** What the frame of the panel does for a task, since the words that are written lie there. */
export interface ITaskActions {
  /** Put its words back where one writes, to be sent again from there. */
  edit(task: ITaskView): void;
  /** Ask the same again, from there. */
  retry(task: ITaskView): void;
  /** What was begun to be answered. */
  readonly replies: IReplies;
}

/** What a person has begun to answer to a question: the cell as it is to run, null as it is, and words to the model. */
export interface IReply {
  source: string | null;
  word: string;
}

/** What was begun to be answered, by question; it outlives the card that asks. */
export interface IReplies {
  of(question: string): IReply;
  change(question: string, part: Partial<IReply>): void;
  forget(question: string): void;
}

/** What all parts of one shown conversation share. */
export interface IConversation {
  readonly chat: IChatView;
  readonly actions: ITaskActions;
  readonly markdown: Markdown;
  /** Hear once when an element comes near what is in sight; gives what ends that. */
  watch(element: Element, near: () => void): () => void;
}

/** Hands the conversation down to its parts. */
export const Conversation = React.createContext<IConversation | null>(null);

/** The conversation; a part outside of one is a mistake of ours. */
export function useConversation(): IConversation {
  const conversation = React.useContext(Conversation);
  if (!conversation) {
    throw new Error('A part of a conversation stands outside of it.');
  }
  return conversation;
}
