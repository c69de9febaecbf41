import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { EditorExtensionRegistry, IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { promptProse } from '../editor/prose';
import { settledBadge } from '../editor/settled';

/** Shows a prompt as prose, and the mark of a settled one as a badge. */
export const badge: JupyterFrontEndPlugin<void> = {
  id: 'open-interpreter-lab:badge',
  description: 'Shows a prompt as prose, and the mark of a settled one as a badge.',
  autoStart: true,
  requires: [IEditorExtensionRegistry],
  optional: [ITranslator],
  activate: (_: JupyterFrontEnd, registry: IEditorExtensionRegistry, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load('open_interpreter_lab');
    const extension = settledBadge({
      label: trans.__('✓ settled'),
      title: trans.__('The cells below stand for this prompt: Run All runs them and asks no model.')
    });
    registry.addExtension({
      name: 'open-interpreter-lab:prose',
      factory: ({ inline }) => (inline ? EditorExtensionRegistry.createImmutableExtension(promptProse()) : null)
    });
    registry.addExtension({
      name: 'open-interpreter-lab:settled',
      factory: ({ inline }) => (inline ? EditorExtensionRegistry.createImmutableExtension(extension) : null)
    });
  }
};
