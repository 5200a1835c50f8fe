import type { Widget } from '@lumino/widgets';
import { render, type ComponentChild } from 'preact';
import type { CellRun } from '../model';
import {
  ApplicationCard,
  ApplicationViews,
  CachedData,
  ConnectionLine,
  CurvesList,
  DataFramesList,
  ExecutorsList,
  InsertCell,
  JobsList,
  Notices,
  QueriesList,
  Recording
} from '../views/panel';
import { PictureButtons } from '../views/picture';
import { Redraw } from '../views/redraw';
import { goToCell, promptOf } from './cell-places';
import type { OtherDrivers } from './other-drivers';
import type { INotebookWatch, Sparkglass } from './sparkglass';
import { viewActions } from './view-actions';

/** Put the panel's content into its widget, and keep it up to date. */
export function fillPanel(widget: Widget, service: Sparkglass): void {
  let others: OtherDrivers | null = null;
  const redraw = new Redraw(widget.node, () => {
    render(
      <Panel
        watch={service.current}
        service={service}
        sinceMs={redraw.sinceMs}
        node={widget.node}
        others={others?.list()}
      />,
      widget.node
    );
    if (service.current?.link.state === 'live') {
      redraw.tick();
    }
  });
  const forget = [
    service.changed.connect(() => redraw.heard()),
    service.themeChanged.connect(() => redraw.ask())
  ];
  widget.disposed.connect(() => {
    forget.forEach(f => f());
    redraw.dispose();
    render(null, widget.node);
  });
  redraw.heard();
  void import(/* webpackChunkName: "other-drivers" */ './other-drivers').then(
    module => {
      if (!widget.isDisposed) {
        others = new module.OtherDrivers(widget, service, () => redraw.ask());
      }
    }
  );
}

interface IProps {
  readonly watch: INotebookWatch | null;
  readonly service: Sparkglass;
  /** Milliseconds since the driver was last heard. */
  readonly sinceMs: number;
  readonly node: HTMLElement;
  /** The list of other applications, once it is there. */
  readonly others: ComponentChild;
}

function Panel({ watch, service, sinceMs, node, others }: IProps) {
  const { trans } = service;
  if (!watch) {
    return (
      <>
        <ConnectionLine state="none" trans={trans} />
        {others}
      </>
    );
  }
  const { link, panel } = watch;
  const application = link.session.latest;
  const line = (
    <ConnectionLine state={link.state} detail={link.detail} trans={trans} />
  );
  const curves = (
    <CurvesList
      curves={[...link.session.curves.values()]}
      runs={link.session.runs}
      trans={trans}
      cellName={(run: CellRun) => promptOf(panel, run.cellId)}
      onGoToCell={cellId => void goToCell(panel, cellId)}
      onOpen={cellId => service.openDetails(panel, cellId)}
    />
  );
  const cells = (
    <InsertCell trans={trans} onPress={() => service.offerCells()} />
  );
  if (!application) {
    return (
      <>
        {line}
        {cells}
        <Notices session={link.session} trans={trans} />
        {curves}
        {others}
      </>
    );
  }
  const live = application.endTime === null && link.state === 'live';
  const now = application.now + (live ? sinceMs : 0);
  return (
    <>
      {line}
      {cells}
      <Notices session={link.session} trans={trans} />
      <ApplicationCard
        application={application}
        now={now}
        trans={trans}
        onOpenUi={which => service.openUi(which)}
      />
      <Recording
        state={service.recordings.stateOf(link)}
        trans={trans}
        onToggle={() => void service.recordings.toggle(link, panel)}
        onOpen={() => service.recordings.open(link)}
      />
      <QueriesList
        application={application}
        runs={link.session.runs}
        now={now}
        trans={trans}
        cellName={(run: CellRun) => promptOf(panel, run.cellId)}
        onGoToCell={cellId => void goToCell(panel, cellId)}
        onStop={({ ordinal }, query) => {
          link
            .cancel({ application: ordinal, query: query.runId })
            .catch(() => undefined);
        }}
      />
      {curves}
      <JobsList
        application={application}
        runs={link.session.runs}
        now={now}
        trans={trans}
        cellName={(run: CellRun) => promptOf(panel, run.cellId)}
        onGoToCell={cellId => void goToCell(panel, cellId)}
        onCancelJob={({ ordinal }, job) => {
          // Whether it worked is seen in the list; a refusal is Spark's word in the cell.
          link
            .cancel({ application: ordinal, jobs: [job] })
            .catch(() => undefined);
        }}
      />
      <DataFramesList
        session={link.session}
        application={application}
        trans={trans}
        cellName={(run: CellRun) => promptOf(panel, run.cellId)}
        onGoToCell={cellId => void goToCell(panel, cellId)}
        onPreview={name => service.preview(name)}
      />
      <ExecutorsList application={application} trans={trans} />
      <CachedData application={application} trans={trans} />
      {others}
      <ApplicationViews
        application={application}
        trans={trans}
        theme={service.theme}
        of={panel.id}
        actions={viewActions(() => watch, null)}
        onOpen={() => service.openDetails(panel, null)}
      />
      <PictureButtons
        view={() => node}
        name={`${application.id || 'spark'}-panel`}
        trans={trans}
      />
    </>
  );
}
