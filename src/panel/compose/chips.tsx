import { addIcon, closeIcon, codeIcon, fileIcon, notebookIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { useChanges, useServices } from '../services';
import { attachCells } from './attaching';
import { pictureIcon } from './icons';
import { cellLabel, isCell } from './quotes';
import { referencesIn } from './references';
import { useWriting } from './writing';

/** What goes along with the text: each can be seen, and taken away. */
export function Chips(): React.JSX.Element {
  const { trans, notebooks } = useServices();
  const { composing } = useWriting();
  useChanges(notebooks.changed);
  useChanges(composing.names.changed);
  const { draft, path } = composing;
  return (
    <div className="jp-OpenInterpreter-chips" role="group" aria-label={trans.__('What goes along')}>
      {path !== '' && <NotebookChip />}
      <SelectionChip />
      {draft.quotes.map((quote, index) => (
        <Chip
          key={`${quote.label}-${index}`}
          icon={isCell(quote) ? codeIcon : fileIcon}
          text={quote.label}
          title={quote.text.slice(0, 600)}
          remove={() => {
            composing.change({ quotes: draft.quotes.filter(each => each !== quote) });
          }}
        />
      ))}
      {draft.images.map((image, index) => (
        <Chip
          key={`picture-${index}`}
          picture={`data:${image.mime};base64,${image.data}`}
          icon={pictureIcon}
          text={trans.__('Picture %1', index + 1)}
          title={image.mime}
          remove={() => {
            composing.change({ images: draft.images.filter(each => each !== image) });
          }}
        />
      ))}
      <References />
    </div>
  );
}

/** The notebook, which is told to the model or not. */
function NotebookChip(): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  const { shares } = composing.draft;
  const name = composing.path.split('/').at(-1) ?? '';
  return (
    <button
      type="button"
      className={`jp-OpenInterpreter-chip jp-mod-toggle${shares ? ' jp-mod-on' : ''}`}
      aria-pressed={shares}
      title={
        shares
          ? trans.__(
              'The model is told of this notebook: its cells, variables and files. Press to send your words alone.'
            )
          : trans.__('The model is not told of this notebook. Press to send its cells, variables and files along.')
      }
      onClick={() => {
        composing.change({ shares: !shares });
      }}
    >
      <notebookIcon.react tag="span" className="jp-OpenInterpreter-chipIcon" width="14px" height="14px" />
      <bdi className="jp-OpenInterpreter-chipText">{name}</bdi>
    </button>
  );
}

/** Cells that are selected can be attached: several, or one that is not attached yet while the text is about it. */
function SelectionChip(): React.JSX.Element | null {
  const { trans, notebooks } = useServices();
  const { composing } = useWriting();
  const cells = notebooks.selected(composing.path).filter(cell => cell.source.trim() !== '');
  const active = notebooks.active(composing.path);
  const isChoice = cells.length > 1 || (cells.length === 1 && cells[0]?.id !== active?.id);
  const attached = new Set(composing.draft.quotes.map(quote => quote.text));
  if (!isChoice || cells.every(cell => attached.has(cell.source))) {
    return null;
  }
  const text =
    cells.length === 1 && cells[0]
      ? cellLabel(cells[0], trans)
      : trans._n('%1 cell', '%1 selected cells', cells.length);
  return (
    <button
      type="button"
      className="jp-OpenInterpreter-chip jp-mod-offer"
      title={trans.__('Attach the selected cells: %1', cells.map(cell => cellLabel(cell, trans)).join(', '))}
      onClick={() => {
        attachCells(composing, cells);
      }}
    >
      <addIcon.react tag="span" className="jp-OpenInterpreter-chipIcon" width="14px" height="14px" />
      <span className="jp-OpenInterpreter-chipText">{text}</span>
    </button>
  );
}

/** What the text refers to; it goes when the text does. */
function References(): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  const { text } = composing.draft;
  // A name that is still being typed is not missing yet.
  const isTyped = (reference: string): boolean =>
    text.endsWith(reference) && text.indexOf(reference) === text.length - reference.length;
  const found = referencesIn(text, composing.names.of(composing.path)).filter(
    each => each.isKnown || !isTyped(each.text)
  );
  return (
    <>
      {found.map(each => (
        <span
          key={each.text}
          className={`jp-OpenInterpreter-chip jp-mod-reference${each.isKnown ? '' : ' jp-mod-unknown'}`}
          title={each.isKnown ? each.detail || each.text : trans.__('Nothing of this name was found in the notebook.')}
        >
          <bdi className="jp-OpenInterpreter-chipText">{each.text}</bdi>
          {!each.isKnown && (
            <span role="img" aria-label={trans.__('not found')}>
              ?
            </span>
          )}
        </span>
      ))}
    </>
  );
}

function Chip(props: {
  icon: LabIcon;
  text: string;
  title: string;
  picture?: string;
  remove: () => void;
}): React.JSX.Element {
  const { trans } = useServices();
  const { composing } = useWriting();
  const Icon = props.icon.react;
  return (
    <span className="jp-OpenInterpreter-chip" title={props.title}>
      {props.picture ? (
        <img className="jp-OpenInterpreter-chipPicture" src={props.picture} alt="" />
      ) : (
        <Icon tag="span" className="jp-OpenInterpreter-chipIcon" width="14px" height="14px" />
      )}
      <bdi className="jp-OpenInterpreter-chipText">{props.text}</bdi>
      <button
        type="button"
        className="jp-OpenInterpreter-chipRemove"
        aria-label={trans.__('Remove %1', props.text)}
        onClick={() => {
          props.remove();
          composing.focus();
        }}
      >
        <closeIcon.react tag="span" width="12px" height="12px" />
      </button>
    </span>
  );
}
