import type { Kernel } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

import { CLIENT_KEY, type IPlace, PLACE_KEY, REMOVED_KEY } from '../wire';

/** What presence needs to know of the document whose cells are run. */
export interface IWhereabouts {
  /** The number of the last removal that was carried out for this kernel. */
  readonly removed: number;
  has(id: string): boolean;
  place(id: string): IPlace | null;
  /** A cell runs with this code, by this request. */
  onRun(id: string, code: string, request: ReturnType<Kernel.IKernelConnection['requestExecute']>): void;
}

/**
 * Say with every cell that runs that somebody here does the edits, and with a prompt where it stands.
 *
 * `requestExecute` itself is wrapped: changing the message later is too late, and a round trip would come after the
 * cells of Run All. The keys are taken out where they are not ours, since a cell's own metadata, which anybody may have
 * written, is sent along by JupyterLab.
 */
export function announce(kernel: Kernel.IKernelConnection, whereabouts: IWhereabouts): IDisposable {
  const original = kernel.requestExecute.bind(kernel);
  const announcing: Kernel.IKernelConnection['requestExecute'] = (content, disposeOnDone, metadata) => {
    const id = metadata?.cellId;
    const told = withPresence(kernel.clientId, whereabouts, content.code, metadata);
    const future = original(content, disposeOnDone, told);
    if (typeof id === 'string' && whereabouts.has(id)) {
      whereabouts.onRun(id, content.code, future);
    }
    return future;
  };
  kernel.requestExecute = announcing;
  return new DisposableDelegate(() => {
    if (kernel.requestExecute === announcing) {
      kernel.requestExecute = original;
    }
  });
}

/** The metadata of a request, with our keys where its cell is in the document and without them where it is not. */
export function withPresence(
  client: string,
  whereabouts: Omit<IWhereabouts, 'onRun'>,
  code: string,
  metadata: JSONObject = {}
): JSONObject {
  const { [CLIENT_KEY]: _client, [PLACE_KEY]: _place, [REMOVED_KEY]: _removed, ...rest } = metadata;
  const id = rest.cellId;
  if (typeof id !== 'string' || !whereabouts.has(id)) {
    return rest;
  }
  const place = /interpret|%oi/.test(code) ? whereabouts.place(id) : null;
  const presence = { ...rest, [CLIENT_KEY]: client, [REMOVED_KEY]: whereabouts.removed };
  return place ? { ...presence, [PLACE_KEY]: place as unknown as JSONObject } : presence;
}
