import { Button, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

/** A button that is an icon; its label is what it is called and what its tip says. */
export function IconButton(props: {
  icon: LabIcon;
  label: string;
  act: (button: HTMLButtonElement) => void;
  isDisabled?: boolean;
  isMenu?: boolean;
}): React.JSX.Element {
  const Icon = props.icon.react;
  return (
    <Button
      minimal
      type="button"
      className="jp-OpenInterpreter-iconButton"
      aria-label={props.label}
      title={props.label}
      disabled={props.isDisabled}
      aria-haspopup={props.isMenu ? 'menu' : undefined}
      aria-expanded={props.isMenu ? false : undefined}
      onClick={event => {
        props.act(event.currentTarget);
      }}
    >
      <Icon tag="span" width="16px" height="16px" />
    </Button>
  );
}
