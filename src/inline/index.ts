/** The room of the prompt above a cell. */
export { Prompts } from './prompts';
