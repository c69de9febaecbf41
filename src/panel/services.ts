import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

import type { IChats, ILiveClient, INotebooks, IPreferences } from '../contracts';

/** Everything that the panel's parts stand on. */
export interface IServices {
  readonly client: ILiveClient;
  readonly chats: IChats;
  readonly notebooks: INotebooks;
  readonly preferences: IPreferences;
  readonly commands: CommandRegistry;
  readonly rendermime: IRenderMimeRegistry;
  readonly trans: TranslationBundle;
}

/** Hands the services down to every part. */
export const Services = React.createContext<IServices | null>(null);

/** The services; a part outside of the panel is a mistake of ours. */
export function useServices(): IServices {
  const services = React.useContext(Services);
  if (!services) {
    throw new Error('A part of the panel stands outside of it.');
  }
  return services;
}

/** Show again whenever a signal is emitted, or only where `concerns` says so. */
export function useChanges<Sender, Args>(signal: ISignal<Sender, Args>, concerns?: (args: Args) => boolean): void {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  const wanted = React.useRef(concerns);
  wanted.current = concerns;
  React.useEffect(() => {
    const onChange = (_: Sender, args: Args): void => {
      if (wanted.current?.(args) ?? true) {
        redraw();
      }
    };
    signal.connect(onChange);
    return () => {
      signal.disconnect(onChange);
    };
  }, [signal]);
}

/** How often the connection has opened since this is shown: what was said before that may not have been heard. */
export function useOpenings(): number {
  const { client } = useServices();
  const [openings, setOpenings] = React.useState(0);
  React.useEffect(() => {
    let wasOpen = client.connection === 'open';
    const onChange = (): void => {
      const isOpen = client.connection === 'open';
      if (isOpen && !wasOpen) {
        setOpenings(count => count + 1);
      }
      wasOpen = isOpen;
    };
    client.changed.connect(onChange);
    return () => {
      client.changed.disconnect(onChange);
    };
  }, [client]);
  return openings;
}
