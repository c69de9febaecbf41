import { Clipboard } from '@jupyterlab/apputils';
import { checkIcon, copyIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useServices } from '../services';
import { SmallButton } from './button';

/** How long the button says that it has copied, in milliseconds. */
const TOLD = 1500;

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label }: { text: () => string; label: string }): React.JSX.Element {
  const { trans } = useServices();
  const [isCopied, setCopied] = React.useState(false);
  React.useEffect(() => {
    const timer = isCopied ? window.setTimeout(setCopied, TOLD, false) : 0;
    return () => {
      window.clearTimeout(timer);
    };
  }, [isCopied]);
  return (
    <SmallButton
      icon={isCopied ? checkIcon : copyIcon}
      label={isCopied ? trans.__('Copied') : label}
      onPress={() => {
        Clipboard.copyToSystem(text());
        setCopied(true);
      }}
    />
  );
}
