import type { ITranslation } from '../../draw/words';
import type { IStripActions, IStripModel } from './model';

interface IProps {
  readonly strip: IStripModel;
  readonly actions: IStripActions;
  readonly trans: ITranslation;
}

/** What the chosen tab shows; each view is loaded when its tab is first opened. */
export function TabContent({ strip, trans }: IProps) {
  return (
    <p>
      {trans.__('Loading…')}
      {strip.tab}
    </p>
  );
}
