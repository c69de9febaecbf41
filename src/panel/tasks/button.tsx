import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

/** A small button that is an icon; its label is its name and its hint. */
export function SmallButton(props: {
  icon: LabIcon;
  label: string;
  onPress: () => void;
  isExpanded?: boolean;
  className?: string;
}): React.JSX.Element {
  const { icon, label, onPress, isExpanded, className = '' } = props;
  return (
    <button
      type="button"
      className={`jp-OpenInterpreter-smallButton ${className}`}
      title={label}
      aria-label={label}
      aria-expanded={isExpanded}
      onClick={onPress}
    >
      <icon.react tag="span" className="jp-OpenInterpreter-icon" />
    </button>
  );
}

/** A small button of words, with an icon before them. */
export function WordButton(props: {
  icon?: LabIcon;
  label: string;
  hint?: string;
  onPress: () => void;
}): React.JSX.Element {
  const { icon: Icon, label, hint, onPress } = props;
  return (
    <button type="button" className="jp-OpenInterpreter-wordButton" title={hint} onClick={onPress}>
      {Icon && <Icon.react tag="span" className="jp-OpenInterpreter-icon" />}
      {label}
    </button>
  );
}

/** A listener that hears a person's own clicks and keys alone: a script in some output cannot press the button. */
export function byPerson(act: () => void): (event: React.MouseEvent) => void {
  return event => {
    if (event.nativeEvent.isTrusted) {
      act();
    }
  };
}
