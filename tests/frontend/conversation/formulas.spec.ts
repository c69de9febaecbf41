import '../browser';

import { formulaText, isHarmless } from '../../../src/panel/tasks/formulas';
import { Markdown } from '../../../src/panel/tasks/markdown';

const ADDRESS = 'https://evil.test/p.png';

describe('a formula', () => {
  it.each([
    String.raw`$\frac{\partial f}{\partial x} = \sum_{i=1}^{n} \hat{\beta}_i x_i^2 + \varepsilon$`,
    String.raw`$$\begin{pmatrix}a\\b\end{pmatrix} \xrightarrow{\text{as } n \to \infty} \mathbb{R}$$`,
    String.raw`\[\begin{align*} a &= b \\ c &\approx \operatorname{rank}(A)\,\{x \mid x > 0\} \end{align*}\]`,
    String.raw`\(\left\lVert \mathbf{w} \right\rVert_2 \leq \color{red}{\sqrt[3]{2}} \textcolor{#f00}{x} \; \% \$\)`
  ])('that only draws is set: %s', formula => {
    expect(isHarmless(formula)).toBe(true);
  });

  it.each([
    String.raw`$\mmlToken{mglyph}[src="${ADDRESS}"]{}$`,
    String.raw`$\mmlToken  {mi}[href="${ADDRESS}"]{x}$`,
    String.raw`$\style{cursor:url(${ADDRESS})}{x}$`,
    String.raw`$\bbox[background:url(${ADDRESS})]{x}$`,
    String.raw`$\fcolorbox{red;cursor:url(${ADDRESS})}{white}{x}$`,
    String.raw`$\color{red;cursor:url(${ADDRESS})}{x}$`,
    String.raw`$\textcolor[html]{url(${ADDRESS})}{x}$`,
    String.raw`$\href{${ADDRESS}}{x}$`,
    String.raw`$\url{${ADDRESS}}$`,
    String.raw`$\class{jp-Dialog}{x}$`,
    String.raw`$\cssId{main}{x}$`,
    String.raw`$\data{a=b}{x}$`,
    String.raw`$\htmlStyle{cursor:url(${ADDRESS})}{x}$`,
    String.raw`$\includegraphics{${ADDRESS}}$`,
    String.raw`$\unicode[a]{65}$`,
    String.raw`$\require{html}$`,
    String.raw`$\ref{x}$`,
    String.raw`$\ce{\style{}{}}$`,
    String.raw`$\def\alpha{x}$`,
    String.raw`$\let\alpha\style$`,
    String.raw`$\newcommand{\x}{y}$`,
    String.raw`$\newenvironment{x}{y}{z}$`,
    String.raw`$\DeclareMathOperator{\x}{y}$`,
    String.raw`$\csname style\endcsname$`,
    String.raw`$\char"41 x$`,
    String.raw`$\begin{unknown}x\end{unknown}$`,
    String.raw`$\begin{\alpha}x\end{\alpha}$`,
    '$\\begin%\n{array}x$',
    // What we would read as the end of a row may be one word for whoever sets it.
    String.raw`$x\\style{cursor:url(${ADDRESS})}{x}$`
  ])('that could do more is left as it was written: %s', formula => {
    expect(isHarmless(formula)).toBe(false);
  });

  it('is looked for where it would be found: across texts that touch, and not in code', () => {
    const element = document.createElement('p');
    element.append('$\\ne', 'wcommand', document.createElement('br'), '{x}$');
    expect(formulaText(element)).toBe('$\\newcommand\n{x}$');
    element.innerHTML = '$x$ in <code>\\style</code><pre>\\href</pre>';
    expect(isHarmless(formulaText(element))).toBe(true);
  });

  it('that names an address stays as text, with all that stands in its block', async () => {
    const typeset = jest.fn();
    const markdown = new Markdown({ latexTypesetter: { typeset } } as never, String);
    const block = document.createElement('div');
    block.textContent = `$x^2$ and $\\mmlToken{mglyph}[src="${ADDRESS}"]{}$`;
    await markdown.typeset(block);
    expect(typeset).not.toHaveBeenCalled();
    block.textContent = '$x^2$';
    await markdown.typeset(block);
    expect(typeset).toHaveBeenCalledWith(block);
  });
});
