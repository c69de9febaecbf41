import { removeMath, replaceMath, type IRenderMimeRegistry } from '@jupyterlab/rendermime';

import { withoutDiagrams } from './blocks';
import { cleaned, type Withheld } from './clean';
import { formulaText, isHarmless } from './formulas';

const MATH = /\$|\\\(|\\\[|\\begin\{/;

/** Makes elements of Markdown by JupyterLab's own parser, highlighter and typesetter, and lets nothing else in. */
export class Markdown {
  /** `withheld` says what stands in the place of a picture that is not here. */
  constructor(rendermime: IRenderMimeRegistry, withheld: Withheld) {
    this._rendermime = rendermime;
    this._withheld = withheld;
  }

  /** The elements of a text. They are harmless; nothing was fetched. */
  async render(source: string): Promise<DocumentFragment> {
    const parser = this._rendermime.markdownParser;
    if (!parser) {
      const fragment = document.createDocumentFragment();
      fragment.append(source);
      return fragment;
    }
    const { text, math } = removeMath(withoutDiagrams(source));
    return cleaned(replaceMath(await parser.render(text), math), this._withheld);
  }

  /** Set the formulas in an element that stands in the page; where one does more than draw, all stay as they are. */
  async typeset(element: HTMLElement): Promise<void> {
    const text = formulaText(element);
    if (MATH.test(text) && isHarmless(text)) {
      await this._rendermime.latexTypesetter?.typeset(element);
    }
  }

  private readonly _rendermime: IRenderMimeRegistry;
  private readonly _withheld: Withheld;
}
