import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Widget } from '@lumino/widgets';
import type { Sparkglass } from './sparkglass';

/** Put the panel's content into its widget. */
export function fillPanel(
  widget: Widget,
  service: Sparkglass,
  app: JupyterFrontEnd
): void {
  void app;
  service.changed.connect(() => {
    widget.node.dataset.state = service.current?.link.state ?? '';
  });
}
