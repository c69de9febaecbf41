import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

import { isPrompt } from '../wire';

/** A prompt's lines wrap as prose does, and its words are not coloured as if they were Python. */
export function promptProse(): Extension {
  return EditorView.contentAttributes.compute(['doc'], state => ({
    class: isPrompt(state.sliceDoc(0, HEAD)) ? 'cm-lineWrapping jp-OpenInterpreter-prompt' : ''
  }));
}

/** Blank lines above a prompt are few: its magic stands within so many characters. */
const HEAD = 1000;
