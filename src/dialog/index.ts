export { openModelDialog } from './dialog';
