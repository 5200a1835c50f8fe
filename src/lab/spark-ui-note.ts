import { Widget } from '@lumino/widgets';
import { formatClock } from '../draw/format';
import type { ITranslation } from '../draw/words';
import type { IUiTarget } from './spark-ui';
import type { IDriver, UiLack } from './ui-drivers';

/** Why a tab shows no page of Spark's: it is on its way, the server cannot, the driver is not there, or nobody said which. */
export type UiProblem = 'loading' | 'gone' | 'refused' | 'none' | UiLack;

/** What stands in the way of a page; null for nothing. */
export function uiProblem(now: {
  readonly port: number;
  readonly app: string;
  readonly drivers: readonly IDriver[];
  readonly lack: UiLack | null;
}): UiProblem | null {
  const { port, app, drivers, lack } = now;
  if (lack) {
    return lack;
  }
  if (port === 0) {
    return 'none';
  }
  return drivers.some(
    driver => driver.port === port && (app === '' || driver.id === app)
  )
    ? null
    : 'gone';
}

interface INoteOptions {
  readonly trans: ITranslation;
  /** Try once more. */
  readonly again: () => void;
  readonly open: (driver: IDriver) => void;
}

/** What stands where a page of the Spark UI would be: what is the matter, what helps, and which other applications there are. */
export class UiNote extends Widget {
  constructor(private readonly options: INoteOptions) {
    super();
    this.addClass('jp-Sparkglass-ui-note');
    this.node.setAttribute('role', 'status');
  }

  tell(
    problem: UiProblem,
    target: IUiTarget,
    drivers: readonly IDriver[]
  ): void {
    const { trans, again, open } = this.options;
    const [what, cure] = words(problem, target, drivers.length, trans);
    const head = document.createElement('h2');
    head.textContent = what;
    const text = document.createElement('p');
    text.textContent = cure;
    this.node.replaceChildren(head, text);
    if (problem === 'loading') {
      return;
    }
    const button = (label: string, act: () => void): HTMLButtonElement => {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'jp-Sparkglass-button';
      made.textContent = label;
      made.addEventListener('click', act);
      return made;
    };
    const list = document.createElement('ul');
    for (const driver of drivers) {
      const item = document.createElement('li');
      item.append(
        button(driver.name || driver.id, () => open(driver)),
        trans.__(
          'Spark %1, port %2, since %3',
          driver.spark,
          driver.port,
          formatClock(driver.startTimeMs)
        )
      );
      list.append(item);
    }
    if (drivers.length > 0) {
      this.node.append(list);
    }
    this.node.append(button(trans.__('Try again'), again));
  }
}

function words(
  problem: UiProblem,
  { name, port }: IUiTarget,
  others: number,
  trans: ITranslation
): readonly [string, string] {
  switch (problem) {
    case 'loading':
      return [trans.__('Loading the Spark UI…'), ''];
    case 'gone':
      return [
        name
          ? trans.__('The driver of %1 has ended', name)
          : trans.__('The driver has ended'),
        trans.__(
          'Its Spark UI does not answer at port %1 any more. Run the cell that makes the SparkSession again, and open the Spark UI from the Spark panel. If Spark still runs, it runs on another machine than Jupyter, and its pages cannot be reached from here.',
          port
        )
      ];
    case 'refused':
      return [
        trans.__('Jupyter did not show this page'),
        trans.__(
          'You may have been signed out. Load JupyterLab anew, sign in, and try again.'
        )
      ];
    case 'none':
      return others > 0
        ? [
            trans.__('Which Spark application?'),
            trans.__('These run on the machine of this Jupyter server.')
          ]
        : [
            trans.__('No Spark UI yet'),
            trans.__(
              'Run a cell that makes a SparkSession, then try again. If a session runs, its UI is switched off: make it with .config("spark.ui.enabled", "true").'
            )
          ];
    case 'noProxy':
      return [
        trans.__('The Jupyter server lacks jupyter-server-proxy'),
        trans.__(
          'Install it where JupyterLab is installed (pip install jupyter-server-proxy) and start Jupyter again.'
        )
      ];
    case 'noRoute':
      return [
        trans.__('The Jupyter server does not know Sparkglass'),
        trans.__(
          'Install Sparkglass where JupyterLab is installed, switch its server part on (jupyter server extension enable sparkglass), and start Jupyter again.'
        )
      ];
    case 'noServer':
      return [
        trans.__('The Jupyter server does not answer'),
        trans.__('Look whether it still runs, and try again.')
      ];
  }
}
