import * as React from 'react';

import { useChanges } from '../services';
import { Composing } from './composing';
import { Speaking } from './speaking';

/** What is being written, and what becomes of it. */
export interface IWriting {
  composing: Composing;
  speaking: Speaking;
}

/** Hands them down to the parts of the panel. */
export const Writing = React.createContext<IWriting | null>(null);

/** What is being written; the part is shown again whenever that changes. */
export function useWriting(): IWriting {
  const writing = React.useContext(Writing);
  if (!writing) {
    throw new Error('A part of the composer stands outside of the panel.');
  }
  useChanges(writing.composing.changed);
  return writing;
}
