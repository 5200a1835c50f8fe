import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { applicationScope } from '../../analysis/scope';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import {
  openView,
  tabsFor,
  type IViewActions,
  type ViewTab
} from '../open-view';
import { ScopePage } from '../page';

interface IApplicationViewsProps {
  readonly application: Application;
  readonly trans: ITranslation;
  /** Another value whenever the theme is another one. */
  readonly theme: object;
  /** Whose views they are: those of another are made anew. */
  readonly of: string;
  readonly actions: Omit<IViewActions, 'showTab'>;
  /** Show the same in a tab of its own. */
  readonly onOpen: () => void;
}

/** The views of a whole application in the panel: closed, so that they cost nothing, until somebody opens them. */
export function ApplicationViews(props: IApplicationViewsProps) {
  const [isOpen, setOpen] = useState(false);
  const { trans, onOpen } = props;
  return (
    <section class="jp-Sparkglass-card">
      <h3 class="jp-Sparkglass-panel-heading">
        <button
          type="button"
          class="jp-Sparkglass-disclosure"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <span class="jp-Sparkglass-chevron" aria-hidden="true" />
          {trans.__('Views')}
        </button>
        <button
          type="button"
          class="jp-Sparkglass-button jp-mod-quiet"
          title={trans.__('Show this as large as the window')}
          onClick={onOpen}
        >
          {trans.__('Open in a tab')}
        </button>
      </h3>
      {isOpen && <Page key={props.of} {...props} />}
    </section>
  );
}

function Page({ application, trans, theme, actions }: IApplicationViewsProps) {
  const host = useRef<HTMLDivElement>(null);
  const page = useRef<ScopePage<ViewTab> | null>(null);
  useLayoutEffect(() => {
    const made = new ScopePage<ViewTab>({
      label: trans.__('Views of the application'),
      tabs: tabsFor,
      trans,
      actions,
      open: (tab, scope, heightPx, all) =>
        openView(tab, { scope, trans, heightPx, actions: all })
    });
    host.current?.append(made.bar, made.body);
    page.current = made;
    return () => made.dispose();
    // The page is made once; what it shows follows below.
  }, []);
  useLayoutEffect(() => {
    page.current?.update(
      application.jobs.size > 0 ? applicationScope(application) : null,
      trans.__('No job has run yet.')
    );
  });
  useEffect(() => page.current?.setTheme(), [theme]);
  return <div class="jp-Sparkglass-panelViews" ref={host} />;
}
