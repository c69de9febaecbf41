import type { MimeData } from '@lumino/coreutils';
import * as React from 'react';

import { attachCells, attachPictures, referToFiles } from './attaching';
import type { Composing } from './composing';

/** What JupyterLab's file browser and its notebooks drag. */
const FILES = 'application/x-jupyter-icontents';
const CELLS = 'application/vnd.jupyter.cells';

/** Lumino's drag events, as far as they are needed here. */
type LuminoDrag = DragEvent & { mimeData: MimeData; dropAction: string; proposedAction: string };

/** Take files of JupyterLab, cells and pictures that are dropped on an element; tells whether something is over it. */
export function useDrop(node: React.RefObject<HTMLElement>, composing: Composing): boolean {
  const [isOver, setOver] = React.useState(false);
  React.useEffect(() => {
    const box = node.current;
    if (!box) {
      return;
    }
    const listeners = { ...fromJupyter(composing, setOver), ...fromOutside(composing, setOver) };
    for (const [name, listen] of Object.entries(listeners)) {
      box.addEventListener(name, listen as EventListener);
    }
    return () => {
      for (const [name, listen] of Object.entries(listeners)) {
        box.removeEventListener(name, listen as EventListener);
      }
    };
  }, [node, composing]);
  return isOver;
}

type Listeners = Record<string, (event: LuminoDrag) => void>;

/** What is dragged within JupyterLab. */
function fromJupyter(composing: Composing, setOver: (isOver: boolean) => void): Listeners {
  const isOurs = (event: LuminoDrag): boolean => event.mimeData.hasData(FILES) || event.mimeData.hasData(CELLS);
  const over = (event: LuminoDrag): void => {
    if (isOurs(event)) {
      event.preventDefault();
      event.stopPropagation();
      event.dropAction = event.proposedAction;
      setOver(true);
    }
  };
  return {
    'lm-dragenter': over,
    'lm-dragover': over,
    'lm-dragleave': () => {
      setOver(false);
    },
    'lm-drop': event => {
      setOver(false);
      if (!isOurs(event)) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      // Nothing is moved from where it was.
      event.dropAction = 'copy';
      const files = texts(event.mimeData.getData(FILES));
      if (files.length > 0) {
        referToFiles(composing, files);
      } else {
        // A dragged cell is the selected one, or one of several.
        attachCells(composing, composing.services.notebooks.selected(composing.path));
      }
    }
  };
}

/** What is dragged from the desktop. */
function fromOutside(composing: Composing, setOver: (isOver: boolean) => void): Listeners {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent): void => {
    if (hasFiles(event)) {
      event.preventDefault();
      setOver(true);
    }
  };
  return {
    dragenter: over,
    dragover: over,
    dragleave: event => {
      const { currentTarget, relatedTarget } = event;
      if (!(currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) {
        setOver(false);
      }
    },
    drop: event => {
      setOver(false);
      if (hasFiles(event)) {
        event.preventDefault();
        event.stopPropagation();
        void attachPictures(composing, [...(event.dataTransfer?.files ?? [])]);
      }
    }
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
