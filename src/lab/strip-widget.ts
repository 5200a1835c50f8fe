import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { signal, type Signal } from '@preact/signals';
import { h, render } from 'preact';
import type { ITranslation } from '../draw/words';
import { Strip, stripSentence } from '../views/strip/strip';
import type { IStripActions, IStripModel } from '../views/strip/model';

/**
 * The strip under one cell. It only shows: what it shows is decided by `NotebookStrips`, so that moving a cell, which destroys its widgets,
 * costs nothing.
 */
export class StripWidget extends Widget {
  constructor(
    readonly cellId: string,
    model: IStripModel,
    private readonly actions: IStripActions,
    private readonly trans: ITranslation
  ) {
    super();
    this.addClass('jp-Sparkglass-strip');
    this.node.setAttribute('role', 'region');
    // Keys pressed in here are for the strip, not for the notebook.
    this.node.dataset.lmSuppressShortcuts = 'true';
    this.model = signal(model);
    this.name();
  }

  /** Show something else. */
  show_(model: IStripModel): void {
    this.model.value = model;
    this.name();
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    render(null, this.node);
    super.dispose();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    render(
      h(Strip, {
        model: this.model,
        actions: this.actions,
        trans: this.trans,
        id: `sparkglass-${this.cellId}`
      }),
      this.node
    );
  }

  protected override onBeforeDetach(msg: Message): void {
    // Some windowing modes take a cell's nodes out and put them back: nothing may go on drawing meanwhile.
    render(null, this.node);
    super.onBeforeDetach(msg);
  }

  /** A screen reader meets the strip by its sentence. */
  private name(): void {
    const sentence = stripSentence(this.model.value, this.trans);
    const name = this.trans.__('Spark: %1', sentence);
    if (name !== this.named) {
      this.named = name;
      this.node.setAttribute('aria-label', name);
    }
  }

  private named = '';
  private readonly model: Signal<IStripModel>;
}
