import { closeIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { IconButton } from '../controls/iconbutton';
import { useServices } from '../services';
import { useWriting } from './writing';

/** What is shown in place of the conversation until it is closed, by its button or by Escape. */
export function Sheet(props: {
  label: string;
  title: string;
  about: string;
  buttons?: React.ReactNode;
  children: React.ReactNode;
}): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  const close = (): void => {
    composing.show('talk');
    composing.focus();
  };
  return (
    <section
      className="jp-OpenInterpreter-sheet"
      aria-label={props.label}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        }
      }}
    >
      <header className="jp-OpenInterpreter-sheetHead">
        <h2>{props.title}</h2>
        {props.buttons}
        <IconButton icon={closeIcon} label={trans.__('Close')} act={close} />
      </header>
      <div className="jp-OpenInterpreter-sheetBody" tabIndex={0} role="region" aria-label={props.about}>
        {props.children}
      </div>
    </section>
  );
}
