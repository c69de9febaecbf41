import '../browser';

import { Markdown } from '../../../src/panel/tasks/markdown';
import { ProseView } from '../../../src/panel/tasks/proseview';

/** Enough of JupyterLab's registry: a parser that makes a paragraph, a typesetter that notes what it was given. */
function registry(): { markdown: Markdown; parsed: string[]; typeset: string[] } {
  const parsed: string[] = [];
  const typeset: string[] = [];
  const rendermime = {
    markdownParser: {
      render: (text: string) => {
        parsed.push(text);
        return Promise.resolve(`<p>${text.trim()}</p>`);
      }
    },
    latexTypesetter: {
      typeset: (element: HTMLElement) => {
        typeset.push(element.textContent);
      }
    }
  };
  const markdown = new Markdown(rendermime as never, address => `[${address}]`);
  return { markdown, parsed, typeset };
}

const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5));

/** Wait for what may be put off while the machine is slow. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await turn();
  }
}

describe('ProseView', () => {
  it('renders only the block that grows', async () => {
    const host = document.createElement('div');
    const { markdown, parsed } = registry();
    const view = new ProseView(host, markdown);
    view.show('One\n\nTw', true);
    await until(() => host.innerHTML.includes('<p>Tw</p>'));
    const first = host.firstElementChild?.firstElementChild;
    view.show('One\n\nTwo and more', true);
    await until(() => host.innerHTML.includes('<p>Two and more</p>'));
    expect(host.innerHTML).toContain('<p>One</p>');
    expect(host.firstElementChild?.firstElementChild).toBe(first);
    expect(parsed).toEqual(['One\n', 'Tw', 'Two and more']);
  });

  it('shows a text at once, before it is rendered', () => {
    const host = document.createElement('div');
    new ProseView(host, registry().markdown).show('*One*', true);
    expect(host.textContent).toBe('*One*');
  });

  it('sets formulas when their block is whole', async () => {
    const host = document.createElement('div');
    const { markdown, typeset } = registry();
    const view = new ProseView(host, markdown);
    view.show('It is $x^2$.', true);
    await until(() => host.innerHTML.includes('<p>'));
    expect(typeset).toEqual([]);
    view.show('It is $x^2$.\n\nAnd', true);
    await until(() => typeset.length > 0);
    expect(typeset).toEqual(['It is $x^2$.']);
  });

  it('fetches no picture that a text names', async () => {
    const host = document.createElement('div');
    new ProseView(host, registry().markdown).show('<img src="https://evil.test/x">', false);
    await until(() => host.textContent === '[https://evil.test/x]');
    expect(host.querySelector('img')).toBeNull();
  });

  it('keeps the text as it was written where it cannot be rendered', async () => {
    const host = document.createElement('div');
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const parser = { render: () => Promise.reject(new Error('no')) };
    new ProseView(host, new Markdown({ markdownParser: parser } as never, String)).show('**One**', false);
    await until(() => warned.mock.calls.length > 0);
    expect(host.textContent).toBe('**One**');
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });

  it('takes a block away that is no more', async () => {
    const host = document.createElement('div');
    const view = new ProseView(host, registry().markdown);
    view.show('[a]\n\nb', true);
    await turn();
    view.show('Other', false);
    await until(() => host.innerHTML.includes('<p>Other</p>'));
    expect(host.innerHTML).toBe('<div class="jp-OpenInterpreter-block" dir="auto"><p>Other</p></div>');
    view.dispose();
    expect(host.childNodes).toHaveLength(0);
  });
});
