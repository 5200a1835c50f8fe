import { useState } from 'preact/hooks';
import type { Advice, TryThis } from '../../analysis/advice';
import { formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { copyText } from '../tasks/clipboard';
import type { IScopeActions } from '../scope-view';
import { certaintyWords, evidenceOf, titleOf } from './advice-words';
import { explanationOf } from './explain-words';
import { docsPage } from './rule-words';

interface IProps {
  readonly advice: Advice;
  readonly open: boolean;
  readonly trans: ITranslation;
  readonly actions: IScopeActions;
  readonly onToggle: () => void;
  readonly onShow: () => void;
}

/** One hint: its title and evidence, and on demand why, what to try and where to read on. */
export function Hint(props: IProps) {
  const { advice, open, trans, actions, onToggle, onShow } = props;
  const { word, meaning } = certaintyWords(advice.certainty, trans);
  const page = docsPage(advice.rule);
  return (
    <li class={`jp-Sparkglass-hint${open ? ' jp-mod-open' : ''}`}>
      <div class="jp-Sparkglass-hint-head">
        <button
          type="button"
          class="jp-Sparkglass-hint-toggle"
          aria-expanded={open}
          onClick={onToggle}
        >
          <span class="jp-Sparkglass-hint-caret" aria-hidden="true" />
          <strong>{titleOf(advice, trans)}</strong>
        </button>
        {advice.gainMs !== null && advice.gainMs >= 1 && (
          <span
            class="jp-Sparkglass-hint-gain"
            title={trans.__(
              'An estimate from what was measured: about as much time would not be spent.'
            )}
          >
            {trans.__('may save about %1', formatDuration(advice.gainMs))}
          </span>
        )}
        <span class="jp-Sparkglass-abbr" title={meaning}>
          {word}
        </span>
        <button
          type="button"
          class="jp-Sparkglass-button jp-mod-quiet"
          onClick={onShow}
        >
          {trans.__('Show it')}
        </button>
      </div>
      <p>{evidenceOf(advice, trans)}</p>
      {open && (
        <div class="jp-Sparkglass-hint-more">
          <p>{explanationOf(advice, trans)}</p>
          <Try tryThis={advice.tryThis} trans={trans} actions={actions} />
          <p class="jp-Sparkglass-hint-docs">
            {trans.__('Read on:')}{' '}
            <a href={page.url} target="_blank" rel="noopener noreferrer">
              {page.name}
            </a>
          </p>
        </div>
      )}
    </li>
  );
}

/** What to try: lines that go and lines that come, and a button that carries them on. */
function Try(props: {
  tryThis: TryThis;
  trans: ITranslation;
  actions: IScopeActions;
}) {
  const { tryThis, trans, actions } = props;
  const [copied, setCopied] = useState(false);
  const { before, after } = linesOf(tryThis, trans);
  // A setting stands by itself; other code belongs to what is around it.
  const code = codeOf(tryThis);
  const insert = tryThis.kind === 'setting' ? actions.insertCell : null;
  return (
    <div class="jp-Sparkglass-try">
      <pre>
        {before.map(line => (
          <del key={line}>
            <span>- </span>
            {line}
            {'\n'}
          </del>
        ))}
        {after.map(line => (
          <ins key={line}>
            <span>+ </span>
            {line}
            {'\n'}
          </ins>
        ))}
      </pre>
      {code !== '' && (
        <button
          type="button"
          class="jp-Sparkglass-button"
          data-sparkglass-no-picture=""
          onClick={event => {
            if (insert) {
              insert(code);
            } else {
              void copyText(code, event.currentTarget.ownerDocument).then(
                setCopied
              );
            }
          }}
        >
          {insert
            ? trans.__('Put into a new cell')
            : copied
              ? trans.__('Copied')
              : trans.__('Copy')}
        </button>
      )}
    </div>
  );
}

function linesOf(
  tryThis: TryThis,
  trans: ITranslation
): { before: readonly string[]; after: readonly string[] } {
  return tryThis.kind === 'code'
    ? tryThis
    : {
        before: [
          `${tryThis.key} = ${tryThis.now ?? trans.__('(Spark’s default)')}`
        ],
        after: [`${tryThis.key} = ${tryThis.value}`]
      };
}

function codeOf(tryThis: TryThis): string {
  return tryThis.kind === 'code'
    ? tryThis.after.join('\n')
    : `spark.conf.set("${tryThis.key}", "${tryThis.value}")`;
}
