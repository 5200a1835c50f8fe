import type { IStatusBar } from '@jupyterlab/statusbar';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { formatCount } from '../draw/format';
import type { Sparkglass } from './sparkglass';

/** Put the status of the notebook in front into the bar; a click on it does `onClick`. */
export function showStatus(
  statusBar: IStatusBar,
  service: Sparkglass,
  onClick: () => void
): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-Sparkglass-statusItem';
  button.onclick = onClick;
  const item = new Widget({ node: document.createElement('div') });
  item.node.appendChild(button);
  let wished = false;
  let active = false;
  const activeStateChanged = new Signal<Widget, void>(item);
  const show = (): void => {
    wished = false;
    const status = statusOf(service);
    if (active !== (status !== null)) {
      active = status !== null;
      activeStateChanged.emit();
    }
    if (status && button.textContent !== status.words) {
      button.textContent = status.words;
      button.title = status.explained;
    }
  };
  service.changed.connect(() => {
    if (!wished) {
      wished = true;
      requestAnimationFrame(show);
    }
  });
  show();
  statusBar.registerStatusItem('sparkglass:status', {
    item,
    align: 'left',
    rank: 50,
    // The bar shows and hides its items itself.
    isActive: () => active,
    activeStateChanged
  });
}

/** What the status bar says of the notebook in front; null when it has no live Spark. */
function statusOf(
  service: Sparkglass
): { words: string; explained: string } | null {
  const link = service.current?.link;
  const application = link?.session.latest;
  if (!link || !application || link.state !== 'live') {
    return null;
  }
  let busy = 0;
  let cores = 0;
  for (const executor of application.executors.values()) {
    if (executor.isActive) {
      busy += executor.activeTasks;
      cores += executor.cores;
    }
  }
  let running = 0;
  for (const job of application.jobs.values()) {
    running += job.status === 'running' ? 1 : 0;
  }
  const { trans } = service;
  const all = cores || application.cores;
  return {
    words: trans.__(
      'Spark: %1 of %2 cores busy · %3',
      formatCount(Math.min(busy, all)),
      formatCount(all),
      trans._n('%2 job', '%2 jobs', running, formatCount(running))
    ),
    explained: trans.__(
      'Cores that work on a task right now, and jobs that are running. Click for the Spark panel.'
    )
  };
}
