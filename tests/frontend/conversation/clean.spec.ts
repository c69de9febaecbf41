import { cleaned } from '../../../src/panel/tasks/clean';

function clean(html: string): string {
  const host = document.createElement('div');
  host.append(cleaned(html, address => `[${address}]`));
  return host.innerHTML;
}

describe('cleaned', () => {
  it.each([
    ['<img src="https://evil.test/x.png?q=1">', 'https://evil.test/x.png?q=1'],
    ['<img src="//evil.test/x">', '//evil.test/x'],
    ['<img src="files/x.png">', 'files/x.png'],
    ['<img srcset="https://evil.test/2x 2x">', 'https://evil.test/2x 2x'],
    ['<picture><source srcset="https://evil.test/p"><img></picture>', 'https://evil.test/p'],
    ['<video poster="https://evil.test/v"></video>', 'https://evil.test/v'],
    ['<audio><source src="https://evil.test/a"></audio>', 'https://evil.test/a'],
    ['<iframe src="https://evil.test/i"></iframe>', 'https://evil.test/i'],
    ['<object data="https://evil.test/o"></object>', 'https://evil.test/o'],
    ['<embed src="https://evil.test/e">', 'https://evil.test/e'],
    ['<svg><image href="https://evil.test/s"/></svg>', 'https://evil.test/s'],
    ['<svg><a href="https://evil.test/a"><text>x</text></a></svg>', 'https://evil.test/a']
  ])('puts words in the place of %s', (html, address) => {
    expect(clean(html)).toBe(`<span class="jp-OpenInterpreter-withheld">[${address.replace('&', '&amp;')}]</span>`);
  });

  it('shows a picture whose bytes are here', () => {
    expect(clean('<img src="data:image/png;base64,AA==" alt="a" onerror="x()">')).toBe(
      '<img alt="a" src="data:image/png;base64,AA==">'
    );
    expect(clean('<img src="data:text/html,x">')).toContain('withheld');
  });

  it.each([
    '<script>x()</script>',
    '<style>body{background:url(https://evil.test)}</style>',
    '<link rel="stylesheet" href="https://evil.test">',
    '<template><b>x</b></template>',
    '<math><maction actiontype="statusline" href="https://evil.test"><mi href="https://evil.test">x</mi></maction></math>',
    '<math><mtext><img src="https://evil.test"></mtext><mglyph src="https://evil.test"></mglyph></math>'
  ])('leaves out %s', html => {
    expect(clean(`a${html}b`)).toBe('ab');
  });

  it('keeps the text of what it does not know, and nothing else of it', () => {
    expect(clean('<form action="/x"><button onclick="x()">Press <b>me</b></button></form>')).toBe('Press <b>me</b>');
  });

  it('takes away every attribute that could style, name or run something', () => {
    expect(clean('<p style="background:url(//e)" id="x" class="jp-Dialog" onclick="x()" title="t">a</p>')).toBe(
      '<p>a</p>'
    );
  });

  it('keeps the classes of the highlighter alone', () => {
    expect(clean('<pre><code class="language-python jp-x"><span class="\u037c5 jp-x">a</span></code></pre>')).toBe(
      '<pre tabindex="0"><code class="language-python"><span class="\u037c5">a</span></code></pre>'
    );
  });

  it('opens links beside the notebook, with their address to be seen', () => {
    expect(clean('<a href="https://a.test/b" onclick="x()">c</a>')).toBe(
      '<a href="https://a.test/b" title="https://a.test/b" target="_blank" rel="noopener noreferrer">c</a>'
    );
  });

  it.each(['javascript:x()', ' java\nscript:x()', 'data:text/html,x', '/lab/tree/x', '#x', 'vbscript:x'])(
    'makes no link of %j',
    href => {
      const anchor = document.createElement('a');
      anchor.setAttribute('href', href);
      anchor.textContent = 'c';
      expect(clean(anchor.outerHTML)).toBe('c');
    }
  );

  it('keeps tables as they are aligned, in a box that scrolls', () => {
    expect(clean('<table><tbody><tr><td align="right" colspan="2">1</td></tr></tbody></table>')).toBe(
      '<div class="jp-OpenInterpreter-wide" tabindex="0"><table><tbody><tr>' +
        '<td colspan="2" style="text-align: right;">1</td></tr></tbody></table></div>'
    );
  });

  it('shows which boxes of a list are ticked', () => {
    expect(
      clean('<ul><li><input type="checkbox" checked disabled>a</li><li><input type="text" value="b"></li></ul>')
    ).toBe('<ul><li>☑ a</li><li></li></ul>');
  });

  it('outlives what is nested without end', () => {
    const depth = 400;
    expect(clean(`${'<b>'.repeat(depth)}x${'</b>'.repeat(depth)}`)).toContain('x');
  });
});
