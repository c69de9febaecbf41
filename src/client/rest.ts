import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { API, withSlash } from './line';

/** How a call is made. */
export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** Call the server's REST part and give its JSON. Rejects with an Error whose message is for people. */
export async function call(
  settings: ServerConnection.ISettings,
  trans: TranslationBundle,
  path: string,
  method: Method,
  body: unknown
): Promise<unknown> {
  const response = await ask(settings, trans, path, method, body);
  const answer = read(await response.text());
  if (response.ok) {
    return answer;
  }
  throw new Error(
    messageOf(answer) ||
      trans.__('The Jupyter server answered with %1 (%2).', String(response.status), response.statusText || path)
  );
}

async function ask(
  settings: ServerConnection.ISettings,
  trans: TranslationBundle,
  path: string,
  method: Method,
  body: unknown
): Promise<Response> {
  const init: RequestInit =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  try {
    return await ServerConnection.makeRequest(`${withSlash(settings.baseUrl)}${API}${path}`, init, settings);
  } catch (error) {
    throw new Error(trans.__('The Jupyter server does not answer. See whether it still runs, and try again.'), {
      cause: error
    });
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function messageOf(answer: unknown): string {
  const isTold = typeof answer === 'object' && answer !== null && 'message' in answer;
  return isTold && typeof answer.message === 'string' ? answer.message : '';
}
