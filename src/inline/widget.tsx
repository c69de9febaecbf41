import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import { Prompt, type IPromptProps } from './prompt';

/** The prompt as a widget in a cell. */
export class PromptWidget extends ReactWidget {
  /** Show this. */
  constructor(private readonly props: IPromptProps) {
    super();
    this.addClass('jp-OpenInterpreter-inlineHolder');
  }

  /** Put the focus where one writes. */
  focus(): void {
    this.node.querySelector('textarea')?.focus();
  }

  protected override render(): React.JSX.Element {
    return <Prompt {...this.props} />;
  }
}
