import type { TranslationBundle } from '@jupyterlab/translation';

import type { IMessage, IPreviewed } from '../../words';

/** A count of tokens as people read it: 840, 1.2k, 34k, 1.3M. */
export function tokens(count: number): string {
  if (count < 1000) {
    return `${count}`;
  }
  if (count < 999_500) {
    const thousands = count / 1000;
    return `${thousands < 9.95 ? thousands.toFixed(1).replace(/\.0$/, '') : Math.round(thousands)}k`;
  }
  return `${(count / 1e6).toFixed(1)}M`;
}

/** A price in US dollars with two figures that count; what costs nothing is free. */
export function price(dollars: number): string {
  if (dollars === 0) {
    return '$0';
  }
  return dollars < 0.0001 ? '< $0.0001' : `$${dollars < 0.1 ? Number(dollars.toPrecision(2)) : dollars.toFixed(2)}`;
}

/** How many tokens, in words. */
export function tokenWords(count: number, trans: TranslationBundle): string {
  return trans._n('≈ %2 token', '≈ %2 tokens', count, tokens(count));
}

/** Tokens, and the price where it is known, in one short line. */
export function estimate(previewed: Pick<IPreviewed, 'tokens' | 'price'>, trans: TranslationBundle): string {
  const count = tokenWords(previewed.tokens, trans);
  return previewed.price === null ? count : `${count} · ${price(previewed.price)}`;
}

/** What would be sent, as one text to be copied. */
export function payloadText(messages: readonly IMessage[]): string {
  return messages.map(message => `[${message.role}]\n${withPictures(message)}`).join('\n\n');
}

function withPictures(message: IMessage): string {
  return [message.text, ...message.images.map(image => `<${image.mime}>`)].join('\n');
}
