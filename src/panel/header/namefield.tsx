import * as React from 'react';

import { useServices } from '../services';

/** A chat's name, to be written anew: Enter and leaving take it, Escape does not. `done` is called once. */
export function NameField(props: { name: string; done: (name: string | null) => void }): React.JSX.Element {
  const { trans } = useServices();
  const [name, setName] = React.useState(props.name);
  const isDone = React.useRef(false);
  const input = React.useRef<HTMLInputElement>(null);
  React.useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const finish = (takes: boolean): void => {
    if (!isDone.current) {
      isDone.current = true;
      const text = name.trim();
      props.done(takes && text !== '' && text !== props.name ? text : null);
    }
  };
  return (
    <input
      ref={input}
      className="jp-OpenInterpreter-nameField jp-mod-styled"
      aria-label={trans.__('Name of the chat')}
      dir="auto"
      maxLength={120}
      value={name}
      onChange={event => {
        setName(event.target.value);
      }}
      onBlur={() => {
        finish(true);
      }}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) {
          return;
        }
        event.preventDefault();
        event.stopPropagation();
        finish(event.key === 'Enter');
      }}
    />
  );
}
