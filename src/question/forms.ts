import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import type { IQuestionForms, IStandingActions } from '../tokens';
import type { Choice, IAnswered, IAsk, IChoose, IChosen, IQuestion, IStanding } from '../wire';
import { codeView } from './code';
import { element, Form } from './form';

/** Every question of docs/wire.md, in the person's language. */
export class QuestionForms implements IQuestionForms {
  /** In this language. */
  constructor(trans: TranslationBundle) {
    this._trans = trans;
  }

  /** May this cell run; or, for the opening question, how shall this model's cells run here. */
  ask(edit: IAsk, answer: (answered: IAnswered) => void): Widget {
    const { question } = edit;
    const choose = (choice: Choice, word = ''): void => {
      answer({
        type: 'Answered',
        question: question.id,
        answer: { type: 'Answer', choice, word, nobody: false, source: '' }
      });
    };
    return question.opening ? this._opening(question, choose) : this._ordinary(question, choose);
  }

  /** The person has edited owned cells: what shall become of them. */
  choose(edit: IChoose, answer: (chosen: IChosen) => void): Widget {
    const choose = (choice: IChosen['choice']) => (): void => {
      answer({ type: 'Chosen', question: edit.question, choice });
    };
    const trans = this._trans;
    return new Form({
      title: trans._n(
        'You have edited one of the cells that stand for this prompt.',
        'You have edited %1 of the cells that stand for this prompt.',
        edit.edited.length
      ),
      parts: [trans.__('Replace takes them out and asks again; Undo brings them back.')],
      choices: [
        { label: trans.__('Keep mine'), act: choose('keep'), look: 'accept' },
        { label: trans.__('Replace'), act: choose('replace'), look: 'warn' },
        { label: trans.__('Cancel'), act: choose('cancel') }
      ]
    });
  }

  /** A settled prompt was run by itself: its cells stand below. */
  standing(edit: IStanding, actions: IStandingActions): Widget {
    const trans = this._trans;
    return new Form({
      title: trans._n('One cell stands for this.', '%1 cells stand for this.', edit.ids.length),
      choices: [
        {
          label: trans.__('Run them'),
          act: actions.run,
          look: 'accept',
          hint: trans.__('Run the cells as they stand')
        },
        {
          label: trans.__('Ask again'),
          act: actions.askAgain,
          hint: trans.__('Ask the model again and replace the cells')
        },
        { label: trans.__('Detach'), act: actions.detach, hint: trans.__('Keep them as ordinary cells of yours') }
      ]
    });
  }

  private _opening(question: IQuestion, choose: (choice: Choice) => void): Widget {
    const trans = this._trans;
    const pick = (choice: Choice) => (): void => {
      choose(choice);
    };
    return new Form({
      title: question.host
        ? trans.__('Cells written by the model at %1 are about to run in this notebook', question.host)
        : trans.__('Cells written by the model are about to run in this notebook'),
      parts: [
        ...this._reasons(question),
        codeView(question.cell.source, trans.__('The first cell')),
        this._truth(question),
        trans.__('A cell that does more than you choose here asks first. Your choice holds until the kernel restarts.')
      ],
      choices: [
        {
          label: trans.__('Run cells classed as computing or writing new data files'),
          act: pick('computing'),
          look: 'accept'
        },
        { label: trans.__('Ask each time'), act: pick('each') },
        { label: trans.__('Only insert'), act: pick('insert'), hint: trans.__('Insert cells and never run them') }
      ]
    });
  }

  private _ordinary(question: IQuestion, choose: (choice: Choice, word?: string) => void): Widget {
    const trans = this._trans;
    const word = element('input', 'jp-mod-styled jp-OpenInterpreter-word');
    word.type = 'text';
    word.placeholder = trans.__('With Refuse: a word to the model (optional)');
    word.setAttribute('aria-label', word.placeholder);
    return new Form({
      title: trans.__('May this cell run?'),
      isGrave: question.judgement.level === 'L3',
      parts: [
        ...this._reasons(question),
        codeView(question.cell.source, trans.__('The cell')),
        this._truth(question),
        word
      ],
      choices: [
        {
          label: trans.__('Run once'),
          act: () => {
            choose('run');
          },
          look: question.judgement.level === 'L3' ? 'warn' : 'accept'
        },
        {
          label: trans.__('Refuse'),
          act: () => {
            choose('refuse', word.value.trim());
          }
        }
      ]
    });
  }

  private _reasons(question: IQuestion): HTMLElement[] {
    const list = element('ul', 'jp-OpenInterpreter-reasons');
    list.append(...question.judgement.reasons.map(reason => element('li', '', reason)));
    return question.judgement.reasons.length > 0 ? [list] : [];
  }

  private _truth(question: IQuestion): string {
    return question.host
      ? this._trans.__('This code runs as you and can read your files, and what it prints goes to %1.', question.host)
      : this._trans.__('This code runs as you and can read your files.');
  }

  private _trans: TranslationBundle;
}
