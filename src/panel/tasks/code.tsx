import * as React from 'react';

import { fenced } from './blocks';
import { spellOut, stretches } from './characters';
import { useConversation } from './conversation';

/** A text in which every character that nobody could see is spelt out and marked. */
export function Visible({ text }: { text: string }): React.JSX.Element {
  const parts = React.useMemo(() => stretches(text), [text]);
  return (
    <>
      {parts.map((part, index) =>
        part.isSpelt ? (
          <mark key={index} className="jp-OpenInterpreter-spelt">
            {part.text}
          </mark>
        ) : (
          part.text
        )
      )}
    </>
  );
}

/** Text of a program or of a kernel as it is, whole: long lines wrap, and much of it scrolls. */
export function Verbatim(props: { text: string; label: string; className?: string }): React.JSX.Element {
  return (
    <pre
      className={`jp-OpenInterpreter-verbatim ${props.className ?? ''}`}
      dir="ltr"
      tabIndex={0}
      role="region"
      aria-label={props.label}
    >
      <Visible text={props.text} />
    </pre>
  );
}

/** A source with the colours of its language, by JupyterLab's highlighter. */
export function Highlighted(props: { source: string; language: string; label: string }): React.JSX.Element {
  const { source, language, label } = props;
  const { markdown } = useConversation();
  const host = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    let isCurrent = true;
    void markdown.render(fenced(spellOut(source), language)).then(made => {
      if (isCurrent) {
        host.current?.replaceChildren(made);
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [markdown, source, language]);
  return (
    <div ref={host} className="jp-OpenInterpreter-source" dir="ltr" role="group" aria-label={label}>
      <pre>{spellOut(source)}</pre>
    </div>
  );
}
