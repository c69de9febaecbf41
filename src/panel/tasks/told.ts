import { nullTranslator, type TranslationBundle } from '@jupyterlab/translation';

/**
 * What the server says in words of its own: why a cell asks, and how a task ended.
 *
 * It speaks English, and these are the sentences that a person meets most; the order means nothing. Any other sentence
 * stays as it is. A test holds the list to the reasons that there are.
 */
function sentences(trans: TranslationBundle): readonly string[] {
  return [...reasons(trans), ...files(trans), ...modules(trans), ...endings(trans)];
}

function reasons(trans: TranslationBundle): string[] {
  return [
    trans.__('asks for your input'),
    trans.__('builds an address from data, which can send that data away'),
    trans.__('calls code from inside an expression'),
    trans.__('can change or delete data in a database'),
    trans.__('cannot be looked into: it is nested too deep or holds odd characters'),
    trans.__('changes the kernel or this product itself'),
    trans.__('changes the kernel or this product itself: %1', '%1'),
    trans.__('computes'),
    trans.__('controls this process or others'),
    trans.__('ends programs'),
    trans.__('ends the kernel'),
    trans.__('holds a text that is code reaching into Python itself'),
    trans.__('holds invisible characters that can hide what it does'),
    trans.__('installs packages'),
    trans.__('installs packages: %1', '%1'),
    trans.__('is %1, which cannot be looked into', '%1'),
    trans.__('is too long to be looked into'),
    trans.__('looks into or changes the running Python'),
    trans.__('may run code hidden in data'),
    trans.__('puts active content into the page'),
    trans.__('reaches memory or native code'),
    trans.__('reaches stored passwords'),
    trans.__('runs a command made at run time'),
    trans.__('runs a shell command: %1', '%1'),
    trans.__('runs an expression made at run time'),
    trans.__('runs code made at run time'),
    trans.__('runs code that does not stand here'),
    trans.__('runs other programs'),
    trans.__('runs other programs: %1', '%1'),
    trans.__('starts threads or processes'),
    trans.__('uses a database'),
    trans.__('uses an address of the network'),
    trans.__('uses the magic %1, which is not known to only compute', '%1'),
    trans.__('uses the network'),
    trans.__('uses the operating system')
  ];
}

function files(trans: TranslationBundle): string[] {
  return [
    trans.__('can delete or move files'),
    trans.__('deletes or changes files'),
    trans.__('hands %1 on, so its files are not fixed here', '%1'),
    trans.__('makes, moves or deletes files'),
    trans.__('opens a file whose name is not fixed here'),
    trans.__('opens files whose names are not fixed here'),
    trans.__('overwrites %1', '%1'),
    trans.__('reads %1 from the network', '%1'),
    trans.__('reads %1, outside of this folder', '%1'),
    trans.__('reads %1, which may hold secrets', '%1'),
    trans.__('reads a file whose name is not fixed here'),
    trans.__('reads environment variables or your home folder'),
    trans.__('reads or changes the clipboard'),
    trans.__('sends data to %1', '%1'),
    trans.__('uses a file whose name is not fixed here'),
    trans.__('writes %1, a file that programs obey', '%1'),
    trans.__('writes %1, outside of this folder', '%1'),
    trans.__('writes %1, which is no ordinary data file', '%1'),
    trans.__('writes a file whose name is not fixed here'),
    trans.__('writes or changes files'),
    trans.__('writes the new file %1', '%1')
  ];
}

function modules(trans: TranslationBundle): string[] {
  return [
    trans.__('changes %1 for everything that uses it', '%1'),
    trans.__('gives the name %1 another meaning', '%1'),
    trans.__('hands the module %1 on', '%1'),
    trans.__('may reach %1 through another module', '%1'),
    trans.__('reaches inside the module %1', '%1'),
    trans.__('reaches into Python itself'),
    trans.__("reaches other code's variables"),
    trans.__('reaches the running kernel'),
    trans.__('reaches things by names made at run time'),
    trans.__('reaches variables by names made at run time'),
    trans.__('reaches %1 through %2', '%1', '%2'),
    trans.__('takes every name of %1', '%1'),
    trans.__('uses %1, a module that is not known to only compute', '%1')
  ];
}

function endings(trans: TranslationBundle): string[] {
  return [
    trans.__('It was not come to.'),
    trans.__('The cell before it failed.'),
    trans.__('The cell before it was refused.'),
    trans.__('The cell before it was stopped.'),
    trans.__('The cell was stopped before its end.'),
    trans.__('The last cell still fails with %1, and the model did not mend it.', '%1'),
    trans.__('The same code failed twice with the same error: %1.', '%1'),
    trans.__('The server was stopped.'),
    trans.__('You changed this cell meanwhile: it was left as you made it, and not run.'),
    trans.__('You refused a cell.'),
    trans.__('You stopped it.')
  ];
}

/** As the server writes each sentence, with its places unfilled; what stands in brackets at its end is a name out of the code. */
const PATTERNS = sentences(nullTranslator.load('')).map(
  sentence =>
    new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%\d/g, '(.+?)')}( \\([^()]*\\))?$`, 's')
);

/** What the server has told, in the person's language where that is known. */
export function told(trans: TranslationBundle, text: string): string {
  for (const [index, pattern] of PATTERNS.entries()) {
    const found = pattern.exec(text);
    if (found) {
      const [name = '', ...filled] = found.slice(1).reverse();
      const places = filled.reverse();
      const sentence = sentences(trans)[index] ?? text;
      return sentence.replace(/%(\d)/g, (place, number: string) => places[Number(number) - 1] ?? place) + name;
    }
  }
  return text;
}
