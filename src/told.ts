import { nullTranslator, type TranslationBundle } from '@jupyterlab/translation';

/**
 * What the server says in words of its own: why a cell asks, how a task ended, and what stands in the way of one.
 *
 * It speaks English, and these are the sentences that a person meets most; the order means nothing. Any other sentence
 * stays as it is. A test holds the list to the sentences that there are.
 */
function sentences(trans: TranslationBundle): readonly string[] {
  const known = [reasons, files, modules, endings, refusals, tasks, notebooks, replies, models];
  return known.flatMap(each => each(trans));
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

function refusals(trans: TranslationBundle): string[] {
  return [
    trans.__('A task runs in this chat: say in words what it should do, or stop it first.'),
    trans.__('A chat needs a name: type one, or leave it as it was.'),
    trans.__('The names of chats and tasks are letters and digits: load this page again.'),
    trans.__('This chat is about %1: open that notebook, or begin a new chat.', '%1'),
    trans.__('This chat belongs to a Jupyter server in another folder: begin a new one here.'),
    trans.__('This chat is not there any more: it was deleted. Begin a new one.'),
    trans.__('This task is not there any more: the chat was cut before it, on this page or another.'),
    trans.__('The server did not understand this page: load the page again; after an update, start Jupyter again too.')
  ];
}

function tasks(trans: TranslationBundle): string[] {
  return [
    trans.__(
      "Something went wrong inside Open Interpreter Lab, and the task was ended. The Jupyter server's log says more: ask again, or report it."
    ),
    trans.__('The server is being stopped: say it again when it runs.'),
    trans.__('The server was stopped while this task ran. Nothing is run again by itself: ask again to go on.'),
    trans.__(
      'The server was stopped while a cell of this task ran: it may have run to its end. Nothing is run again by itself: look at the notebook, and ask again to go on.'
    ),
    trans.__('You took out the cell that was being written.'),
    trans.__('After %1 replies the task was not finished. Raise max_turns, or say more exactly what is wanted.', '%1'),
    trans.__('After %1 replies it still fails: %2. Raise max_turns, or say more exactly what is wanted.', '%1', '%2'),
    trans.__('It was interrupted.'),
    trans.__('Say what the cell is to do.')
  ];
}

function notebooks(trans: TranslationBundle): string[] {
  return [
    trans.__('The kernel did not run it: an error in another cell made it drop what was waiting.'),
    trans.__('The kernel does not obey the interrupt yet. If it goes on, restart it (Kernel, Restart Kernel).'),
    trans.__(
      'The notebook cannot be written: it is read-only. Save a copy of it, or change its permissions, and ask again.'
    ),
    trans.__('The notebook does not answer: it may have been closed or moved. Open it and ask again.'),
    trans.__(
      'The notebook is not connected to its kernel: choose a kernel at the right of its toolbar, then ask again.'
    ),
    trans.__(
      "The notebook's kernel died; everything in its memory is lost. Run the cells above again, then ask again. A kernel that dies over and over has often run out of memory."
    ),
    trans.__("The notebook's kernel does not answer: interrupt it, or restart it, and ask again."),
    trans.__("The notebook's kernel is not there any more: start one (Kernel, Restart Kernel) and ask again."),
    trans.__(
      "The notebook's kernel was restarted; everything in its memory is lost. Run the cells above again, then ask again."
    ),
    trans.__("The page could not change the notebook; the server's log says more. Load the page again, and ask again."),
    trans.__('This notebook has no kernel: choose one at the right of its toolbar, then ask again.'),
    trans.__('%1 cannot be read as a notebook: open it in a text editor, or take an older copy.', '%1'),
    trans.__(
      '%1 cannot be written: see that the file is not read-only and that the disk has room, or save the notebook under another name.',
      '%1'
    ),
    trans.__('%1 is not there any more: it was moved or deleted. Open the notebook again.', '%1'),
    trans.__('%1 may not be read: ask whoever owns it for access.', '%1')
  ];
}

function replies(trans: TranslationBundle): string[] {
  return [
    trans.__('%1 does not see pictures: the attached ones are not sent.', '%1'),
    trans.__('The model answered nothing. Ask again, or choose another model (in a notebook with %oi model NAME).'),
    trans.__('The model answered without a cell. Say more exactly what the cell is to do.'),
    trans.__("The model's server withheld the reply. Put the instruction in other words."),
    trans.__('The reply ended in the middle of a cell. Ask again.'),
    trans.__('The reply had %1 more cells than %2: they are left out.', '%1', '%2'),
    trans.__('The reply has more than %1 of code: nothing of it is used. Ask for less at once.', '%1'),
    trans.__('The reply is longer than %1: nothing of it is used. Ask for less at once.', '%1'),
    trans.__('The reply was cut at the longest length allowed. Raise max_tokens, or ask for less at once.'),
    trans.__('The reply was cut: the connection ended before the model was done. Ask again.')
  ];
}

function models(trans: TranslationBundle): string[] {
  return [
    trans.__('%1 answers, but not as a model does%2: check base_url, which usually ends in /v1.', '%1', '%2'),
    trans.__('%1 broke off its reply%2: ask again.', '%1', '%2'),
    trans.__('%1 closed the connection without an answer%2: try again later.', '%1', '%2'),
    trans.__(
      '%1 did not begin to answer within %2 s (first_byte_timeout): ask again, or raise that setting.',
      '%1',
      '%2'
    ),
    trans.__('%1 did not take the request (%2)%3: check the model and base_url.', '%1', '%2', '%3'),
    trans.__('%1 does not come to an end: choose another model.', '%1'),
    trans.__('%1 does not let this key use %2: choose another model or key.', '%1', '%2'),
    trans.__(
      '%1 fell silent for %2 s in the middle of its reply (idle_timeout): ask again, or raise that setting.',
      '%1',
      '%2'
    ),
    trans.__('%1 has no model %2 at %3: see `open-interpreter models`, and check base_url.', '%1', '%2', '%3'),
    trans.__('%1 has trouble (%2)%3: try again later, or choose another model.', '%1', '%2', '%3'),
    trans.__('%1 refused the key%2: set %3, or choose the model builtin.', '%1', '%2', '%3'),
    trans.__('%1 sent an empty reply: ask again, or choose another model.', '%1'),
    trans.__('%1 took longer than %2 s (total_timeout): ask again, or raise that setting.', '%1', '%2'),
    trans.__('Nothing answers at %1. Check base_url and the network, or choose another model.', '%1'),
    trans.__('Nothing answers at %1. Start it with `%2`, or choose another model.', '%1', '%2'),
    trans.__('The account at %1 is used up%2: top it up, or choose another model.', '%1', '%2'),
    trans.__('This is more than %1 at %2 can hold%3: lower context_tokens.', '%1', '%2', '%3'),
    trans.__('Too many requests at %1: try again in %2 s.', '%1', '%2'),
    trans.__('Too many requests at %1: try again later.', '%1')
  ];
}

/** What the server notes of a cell that it has left to the person. */
export const LEFT = 'You changed this cell meanwhile: it was left as you made it, and not run.';

/** As the server writes each sentence, with its places unfilled; what stands in brackets at its end is a name out of the code. */
const PATTERNS = sentences(nullTranslator.load('')).map(
  sentence =>
    new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%\d/g, '(.*?)')}( \\([^()]*\\))?$`, 's')
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
