import type { IScopeView, IScopeViewOptions } from './scope-view';
import type { ScopeTab } from './tab-names';

/**
 * Load what a tab needs and make its view.
 *
 * @throws (as a rejection) when its code cannot be loaded.
 */
export async function openScopeTab(
  tab: ScopeTab,
  options: IScopeViewOptions
): Promise<IScopeView> {
  switch (tab) {
    case 'curve': {
      const { CurveView } = await import(
        /* webpackChunkName: "curve" */ './curve'
      );
      return new CurveView(options);
    }
    case 'streams': {
      const { StreamsView } = await import(
        /* webpackChunkName: "streams" */ './streams'
      );
      return new StreamsView(options);
    }
    case 'partitions': {
      const { PartitionsView } = await import(
        /* webpackChunkName: "partitions" */ './partitions'
      );
      return new PartitionsView(options);
    }
    case 'shuffles': {
      const { ShufflesView } = await import(
        /* webpackChunkName: "shuffles" */ './shuffles'
      );
      return new ShufflesView(options);
    }
    case 'plan': {
      const { PlanView } = await import(
        /* webpackChunkName: "plan" */ './plan'
      );
      return new PlanView(options);
    }
    case 'lineage': {
      const { LineageView } = await import(
        /* webpackChunkName: "lineage" */ './lineage'
      );
      return new LineageView(options);
    }
    case 'advice': {
      const { AdviceView } = await import(
        /* webpackChunkName: "advice" */ './advice'
      );
      return new AdviceView(options);
    }
  }
}
