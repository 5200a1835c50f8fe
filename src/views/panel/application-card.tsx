import type { ComponentChild } from 'preact';
import { applicationFigures } from '../../analysis/panel-figures';
import { formatBytes, formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { Cores } from './cores';
import { masterWords } from './master-words';
import { panelTerm, type PanelTerm } from './panel-terms';
import { Heading, Term } from './term';

/** What an application card is drawn with. */
export interface IApplicationCardProps {
  /** Null before there is any. */
  readonly application: Application | null;
  /** Driver time in ms since 1970. */
  readonly now: number;
  readonly trans: ITranslation;
  /** Open Spark's own pages; without it there is no link. */
  readonly onOpenUi?: (application: Application) => void;
}

/** The Spark session: what it is, where it runs, how busy it is. */
export function ApplicationCard(props: IApplicationCardProps): ComponentChild {
  const { application, now, trans, onOpenUi } = props;
  if (!application) {
    return (
      <p class="jp-Sparkglass-empty">
        {trans.__(
          'No Spark here yet. It appears when a cell makes a session: spark = SparkSession.builder.getOrCreate()'
        )}
      </p>
    );
  }
  const figures = applicationFigures(application, now);
  const line = (term: PanelTerm, value: ComponentChild): ComponentChild => (
    <div key={term}>
      <dt>
        <Term term={panelTerm(term, trans)} />
      </dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <section class="jp-Sparkglass-card" aria-label={trans.__('Spark session')}>
      <Heading
        text={application.name || application.id}
        more={stateWords(application, trans)}
      />
      <dl>
        <div>
          <dt>{trans.__('Spark')}</dt>
          <dd>
            {application.sparkVersion || trans.__('version not known')}
            {application.connect && ` ${trans.__('through Spark Connect')}`}
          </dd>
        </div>
        {line('master', masterWords(application.master, trans))}
        {line(
          'cores',
          <>
            <Cores busy={figures.busyCores} cores={figures.cores} />
            {trans.__(
              '%1 of %2 busy',
              formatCount(figures.busyCores),
              formatCount(figures.cores)
            )}
          </>
        )}
        {figures.memoryBytes > 0 &&
          line(
            'memory',
            trans.__(
              '%1 of %2 used',
              formatBytes(figures.memoryUsedBytes),
              formatBytes(figures.memoryBytes)
            )
          )}
        {figures.uptimeMs !== null &&
          line('uptime', formatDuration(figures.uptimeMs))}
      </dl>
      {application.uiUrl !== null && !figures.isOver && onOpenUi && (
        <button
          type="button"
          class="jp-Sparkglass-textButton"
          title={trans.__('Spark’s own pages about this session, in a tab')}
          onClick={() => onOpenUi(application)}
        >
          {trans.__('Open the Spark UI')}
        </button>
      )}
      {application.uiUrl === null && !figures.isOver && onOpenUi && (
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'Its Spark UI is switched off. To have it, stop the session and make it with .config("spark.ui.enabled", "true").'
          )}
        </p>
      )}
    </section>
  );
}

function stateWords(application: Application, trans: ITranslation): string {
  if (application.endTime === null) {
    return '';
  }
  return application.endReason === 'gone'
    ? trans.__('gone: its driver died')
    : trans.__('stopped');
}
