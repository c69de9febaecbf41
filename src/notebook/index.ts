/** The room of the open notebook: the only one that knows JupyterLab's notebook and its cells. */
export { INotebookTracker, NotebookActions, NotebookPanel } from '@jupyterlab/notebook';
export { Bridge } from './bridge';
export { Desk } from './desk';
export { FixButtons } from './fixing';
export { Notebooks } from './notebooks';
