import { checkIcon, errorIcon, infoIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { ITrial } from './answers';
import * as choices from './choice';
import { type IFieldProps, Names } from './fields';
import { verdict } from './wording';

const SECOND = 1000;

/** The button that tests, how long that takes, and what came of it. */
export function Test(props: IFieldProps): React.JSX.Element {
  const { model, known, choice, trans } = props;
  const { running, trial } = model;
  return (
    <div className="jp-OpenInterpreter-modelTest">
      <button
        type="button"
        className="jp-mod-styled jp-mod-reject"
        disabled={!running && choices.missing(known, choice) !== null}
        onClick={() => {
          if (running) {
            model.stop();
          } else {
            void model.test();
          }
        }}
      >
        {running ? trans.__('Stop') : trans.__('Test')}
      </button>
      <div className="jp-OpenInterpreter-modelResult" role="status">
        {running && <Waiting key={running.id} since={running.since} {...props} />}
        {trial && <Result trial={trial} {...props} />}
      </div>
    </div>
  );
}

function Waiting({ since, trans }: IFieldProps & { since: number }): React.JSX.Element {
  const [now, setNow] = React.useState(since);
  React.useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, SECOND);
    return () => {
      window.clearInterval(timer);
    };
  }, []);
  const passed = Math.max(0, Math.round((now - since) / SECOND));
  return (
    <div>
      {trans.__('One real request is on its way…')}{' '}
      {/* A screen reader that told each second would tell nothing else. */}
      <span aria-hidden="true">{trans.__('%1 s', String(passed))}</span>
    </div>
  );
}

function Result(props: IFieldProps & { trial: ITrial }): React.JSX.Element {
  const { trial, trans } = props;
  const look = trial.kind === 'ok' ? 'jp-mod-good' : trial.kind === 'stopped' ? '' : 'jp-mod-bad';
  const icon = trial.kind === 'ok' ? checkIcon : trial.kind === 'stopped' ? infoIcon : errorIcon;
  return (
    <>
      <div className={`jp-OpenInterpreter-modelVerdict ${look}`}>
        <icon.react tag="span" className="jp-OpenInterpreter-modelIcon" />
        <span>{verdict(trans, trial)}</span>
      </div>
      {trial.reply && <q className="jp-OpenInterpreter-modelReply">{trial.reply}</q>}
      {trial.message && <div className="jp-OpenInterpreter-modelHint">{trial.message}</div>}
      <Names {...props} names={trial.near} label={trans.__('Models that are there')} />
    </>
  );
}
