import { codeIcon, fileIcon, tableRowsIcon, variableIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { slashIcon } from './icons';
import type { IOption } from './options';

const ICONS: Readonly<Record<IOption['kind'], LabIcon>> = {
  slash: slashIcon,
  variable: variableIcon,
  column: tableRowsIcon,
  cell: codeIcon,
  file: fileIcon
};

/** The id of an option, as `aria-activedescendant` names it. */
export function optionId(list: string, index: number): string {
  return `${list}-${index}`;
}

/** What can be written here. The focus stays in the field; `line` stands where there is nothing to offer. */
export function Suggestions(props: {
  id: string;
  label: string;
  options: readonly IOption[];
  active: number;
  line: string;
  onPick: (option: IOption) => void;
  onPoint: (index: number) => void;
}): React.JSX.Element {
  const { id, options, active } = props;
  const list = React.useRef<HTMLUListElement>(null);
  React.useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, options]);
  if (options.length === 0) {
    return <div className="jp-OpenInterpreter-suggestions jp-mod-empty">{props.line}</div>;
  }
  return (
    <ul className="jp-OpenInterpreter-suggestions" role="listbox" id={id} aria-label={props.label} ref={list}>
      {options.map((option, index) => (
        <li
          key={option.insert}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className={index === active ? 'jp-mod-active' : ''}
          title={option.detail ? `${option.insert}: ${option.detail}` : option.insert}
          onMouseMove={() => {
            props.onPoint(index);
          }}
          onMouseDown={event => {
            // The field keeps the focus.
            event.preventDefault();
            props.onPick(option);
          }}
        >
          <Sight option={option} />
        </li>
      ))}
    </ul>
  );
}

function Sight({ option }: { option: IOption }): React.JSX.Element {
  const Icon = ICONS[option.kind].react;
  return (
    <>
      <Icon tag="span" className="jp-OpenInterpreter-suggestionIcon" width="14px" height="14px" aria-hidden="true" />
      <bdi className="jp-OpenInterpreter-suggestionName">{option.insert}</bdi>
      <span className="jp-OpenInterpreter-suggestionDetail" dir="auto">
        {option.detail}
      </span>
    </>
  );
}
