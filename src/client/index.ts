/** The room of the one connection to the server's part. */
export { LiveClient } from './live';
