import type { ComponentChild } from 'preact';
import { formatMinute } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { Heading } from './term';

/** A Spark application on the machine of the Jupyter server. */
export interface IOtherApplication {
  readonly port: number;
  readonly id: string;
  readonly name: string;
  /** Its version of Spark. */
  readonly spark: string;
  /** ms since 1970. */
  readonly startTimeMs: number;
}

/** The Spark applications beside the one in front: of other notebooks, of terminals. Nothing where there is none. */
export function OtherApplications<T extends IOtherApplication>(props: {
  readonly applications: readonly T[];
  readonly trans: ITranslation;
  readonly onOpen: (application: T) => void;
}): ComponentChild {
  const { applications, trans, onOpen } = props;
  return (
    applications.length > 0 && (
      <section aria-label={trans.__('Other Spark applications')}>
        <Heading
          text={trans.__('Other Spark applications')}
          more={trans.__('on this server')}
        />
        <ul class="jp-Sparkglass-queries">
          {applications.map(one => (
            <li key={one.id}>
              <b title={one.id}>{one.name || one.id}</b>
              <span>{trans.__('Spark %1', one.spark)}</span>
              <span
                title={trans.__(
                  'Port %1, since %2',
                  one.port,
                  formatMinute(one.startTimeMs)
                )}
              >
                {trans.__('since %1', formatMinute(one.startTimeMs))}
              </span>
              <span>
                <button
                  type="button"
                  class="jp-Sparkglass-textButton"
                  aria-label={trans.__(
                    'Open the Spark UI of %1',
                    one.name || one.id
                  )}
                  title={trans.__('Spark’s own pages about this application')}
                  onClick={() => onOpen(one)}
                >
                  {trans.__('Spark UI')}
                </button>
              </span>
            </li>
          ))}
        </ul>
      </section>
    )
  );
}
