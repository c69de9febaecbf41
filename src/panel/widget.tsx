import { ReactWidget } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';

import { Composing } from './compose/composing';
import { Speaking } from './compose/speaking';
import { Writing, type IWriting } from './compose/writing';
import { Panel } from './panel';
import { Services, type IServices } from './services';

/** Make the side panel. Activating it puts the focus where one writes. */
export function createPanel(services: IServices): Widget {
  return new PanelWidget(services);
}

/** React in a Lumino widget. What is being written lives here, so that it outlives the nodes. */
class PanelWidget extends ReactWidget {
  private readonly _writing: IWriting;

  constructor(private readonly _services: IServices) {
    super();
    this.addClass('jp-OpenInterpreter-panel');
    const composing = new Composing(_services, storage());
    this._writing = { composing, speaking: new Speaking(composing) };
  }

  /** Let go of what is being written, too. */
  override dispose(): void {
    if (!this.isDisposed) {
      this._writing.composing.dispose();
      super.dispose();
    }
  }

  protected override render(): React.JSX.Element {
    return (
      <Services.Provider value={this._services}>
        <Writing.Provider value={this._writing}>
          <Panel />
        </Writing.Provider>
      </Services.Provider>
    );
  }

  protected override onActivateRequest(): void {
    // The first time, React has drawn nothing yet.
    void Promise.resolve(this.renderPromise).then(() => {
      this._writing.composing.focus();
    });
  }

  protected override onAfterShow(): void {
    this._writing.composing.isSeen = true;
  }

  protected override onAfterHide(): void {
    this._writing.composing.isSeen = false;
  }
}

/** The page's own store; null where the browser forbids it. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
