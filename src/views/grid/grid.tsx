import { Component, type ComponentChild, type JSX } from 'preact';
import { move, type ICursor } from './grid-keys';
import {
  GridHead,
  GridRow,
  type IGridColumn,
  type IGridCursor
} from './grid-parts';
import { RowWindow } from './row-window';

export type { IGridColumn } from './grid-parts';

/** What a grid shows and what it calls. Rows are named by position. */
export interface IGridProps {
  /** Accessible name. */
  readonly label: string;
  readonly columns: readonly IGridColumn[];
  readonly count: number;
  readonly sortKey: string | null;
  readonly isDescending: boolean;
  /** Changes when positions no longer name the same rows. */
  readonly order: unknown;
  /** What a position stands for in every order. */
  idAt(position: number): number;
  /** Its position in this order, or -1. */
  positionOf(id: number): number;
  rowClass(position: number): string;
  isSelected(position: number): boolean;
  /** Bring this position into view whenever `token` changes. */
  readonly reveal: {
    readonly position: number;
    readonly token: unknown;
  } | null;
  onSort(key: string): void;
  onSelect(position: number): void;
  /** The pointer is over a row; -1: over none. */
  onHover(position: number): void;
  /** A head wants to be explained; null: no longer. */
  onExplain(column: IGridColumn | null, head: HTMLElement | null): void;
}

/** Rows drawn beyond the edge of what is in view. */
const MORE = 3;
/** A row's height in multiples of the font size. */
const ROW_EM = 1.7;
/** Scrolling rests after this many ms without an event. */
const REST_MS = 150;

let grids = 0;

/** A table of any length: see the folder's README. */
export class Grid extends Component<IGridProps> {
  private readonly id = `jp-Sparkglass-grid-${++grids}`;
  private readonly rows = new RowWindow();
  private node: HTMLElement | null = null;
  private cursor: ICursor = { row: 0, column: 0 };
  private hasFocus = false;
  private slots = 1;
  private topId: number | null = null;
  private order: unknown = undefined;
  private revealed: unknown = undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  /** The window moved without the node: the node must follow. */
  private isAhead = false;
  private observer: ResizeObserver | null = null;
  private template = '';
  private templateFor: readonly IGridColumn[] | null = null;

  override componentDidMount(): void {
    if (typeof ResizeObserver !== 'undefined' && this.node) {
      this.observer = new ResizeObserver(() => this.measure());
      this.observer.observe(this.node);
    }
    this.measure();
    this.follow();
  }

  override componentWillUnmount(): void {
    this.observer?.disconnect();
    clearTimeout(this.resting);
    this.props.onExplain(null, null);
  }

  override componentDidUpdate(): void {
    this.follow();
  }

  /** The font or the room changed. */
  measure(): void {
    const { node, rows } = this;
    if (!node) {
      return;
    }
    const font = parseFloat(getComputedStyle(node).fontSize) || 12;
    const rowHeight = Math.round(font * ROW_EM);
    const viewport = Math.max(0, node.clientHeight - rowHeight);
    if (rowHeight !== rows.rowHeight || viewport !== rows.viewport) {
      const first = rows.offset / rows.rowHeight;
      rows.rowHeight = rowHeight;
      rows.viewport = viewport;
      rows.offset = first * rowHeight;
      this.forceUpdate();
    }
  }

  override render(props: IGridProps): ComponentChild {
    const { rows } = this;
    rows.count = props.count;
    this.anchor();
    const { first, last } = rows.range(MORE);
    // A node serves every `slots`-th row: scrolling by one changes one node.
    this.slots = Math.max(this.slots, last - first);
    if (this.cursor.row >= props.count) {
      this.cursor = { ...this.cursor, row: props.count - 1 };
    }
    const body: ComponentChild[] = [];
    const cursor: IGridCursor = {
      ...this.cursor,
      id: this.cellId(),
      isShown: this.hasFocus
    };
    for (let position = first; position < last; position++) {
      body.push(
        <GridRow
          key={position % this.slots}
          position={position}
          top={rows.topOf(position)}
          columns={props.columns}
          cursor={cursor}
          className={props.rowClass(position)}
          isSelected={props.isSelected(position)}
        />
      );
    }
    const natural = (props.count + 1) * rows.rowHeight;
    return (
      <div
        ref={this.setNode}
        class="jp-Sparkglass-grid"
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={props.count + 1}
        aria-colcount={props.columns.length}
        aria-activedescendant={this.activeId()}
        style={{
          '--jp-sparkglass-columns': this.columns(),
          '--jp-sparkglass-row-height': `${rows.rowHeight}px`,
          flexBasis: `${natural}px`
        }}
        onScroll={this.onScroll}
        onKeyDown={this.onKey}
        onFocus={this.onFocus}
        onBlur={this.onBlur}
        onClick={this.onClick}
        onMouseOver={this.onOver}
        onMouseLeave={this.onLeave}
      >
        <div class="jp-Sparkglass-grid-sheet">
          <GridHead
            columns={props.columns}
            cursor={cursor}
            sortKey={props.sortKey}
            isDescending={props.isDescending}
          />
          <div
            class="jp-Sparkglass-grid-body"
            role="rowgroup"
            style={{ height: `${rows.height}px` }}
          >
            {body}
          </div>
        </div>
      </div>
    );
  }

  private columns(): string {
    const { columns } = this.props;
    if (columns !== this.templateFor) {
      this.templateFor = columns;
      this.template = columns
        .map(({ width, grows }) =>
          grows ? `minmax(${width}em, 1fr)` : `${width}em`
        )
        .join(' ');
    }
    return this.template;
  }

  private cellId(): string {
    return `${this.id}-${this.cursor.row}-${this.cursor.column}`;
  }

  private activeId(): string | undefined {
    const { row } = this.cursor;
    const { first, last } = this.rows.range(MORE);
    const isDrawn = row < 0 || (row >= first && row < last);
    return isDrawn && this.props.columns.length > 0 ? this.cellId() : undefined;
  }

  /** In a new order keep the row at the top of the view where it was. */
  private anchor(): void {
    const { rows, props } = this;
    if (props.order !== this.order) {
      this.order = props.order;
      if (rows.offset > 0 && this.topId !== null) {
        const position = props.positionOf(this.topId);
        if (position >= 0) {
          const within = rows.offset % rows.rowHeight;
          rows.offset = position * rows.rowHeight + within;
          this.isAhead = true;
        }
      }
    }
    this.noteTop();
  }

  /** Which row is at the top of the view, for when the order changes. */
  private noteTop(): void {
    const { rows, props } = this;
    const top = Math.floor(rows.offset / rows.rowHeight);
    this.topId = top < props.count ? props.idAt(top) : null;
  }

  /** Put the node where the window is, and show what is to be shown. */
  private follow(): void {
    const { reveal } = this.props;
    if (reveal && reveal.token !== this.revealed && this.rows.viewport > 0) {
      this.revealed = reveal.token;
      if (reveal.position >= 0) {
        this.cursor = { ...this.cursor, row: reveal.position };
        this.rows.reveal(reveal.position);
        this.isAhead = true;
        this.forceUpdate();
      }
    }
    this.place();
  }

  private place(): void {
    const { node, rows } = this;
    if (node && this.isAhead) {
      this.isAhead = false;
      node.scrollTop = rows.scrollTop;
      rows.settled(node.scrollTop);
      if (rows.isStretched) {
        this.forceUpdate();
      }
    }
  }

  private readonly setNode = (node: HTMLElement | null): void => {
    this.node = node;
  };

  private readonly onScroll = (): void => {
    const { node, rows } = this;
    if (!node) {
      return;
    }
    rows.scrolled(node.scrollTop);
    this.noteTop();
    this.forceUpdate();
    if (rows.isStretched) {
      clearTimeout(this.resting);
      this.resting = setTimeout(this.rest, REST_MS);
    }
  };

  private readonly rest = (): void => {
    this.isAhead = true;
    this.place();
  };

  private readonly onKey = (
    event: JSX.TargetedKeyboardEvent<HTMLElement>
  ): void => {
    const { props, rows, cursor } = this;
    if (event.target !== event.currentTarget || event.altKey) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      this.choose(cursor.row, props.columns[cursor.column]);
      return;
    }
    const page = Math.max(1, Math.floor(rows.viewport / rows.rowHeight) - 1);
    const to = move(cursor, event, {
      rows: props.count,
      columns: props.columns.length,
      page
    });
    if (to) {
      event.preventDefault();
      event.stopPropagation();
      this.go(to);
    }
  };

  private go(to: ICursor): void {
    this.cursor = to;
    if (to.row >= 0) {
      this.rows.reveal(to.row);
      this.isAhead = true;
      this.place();
    }
    this.setState({}, () => {
      const cell = this.node?.querySelector<HTMLElement>('.jp-mod-cursor');
      this.revealColumn(cell ?? null);
      const column = to.row < 0 ? this.props.columns[to.column] : undefined;
      this.props.onExplain(column ?? null, column ? (cell ?? null) : null);
    });
  }

  /** Scroll sideways to a cell; `scrollIntoView` would scroll the page too. */
  private revealColumn(cell: HTMLElement | null): void {
    const { node } = this;
    if (node && cell) {
      const right = cell.offsetLeft + cell.offsetWidth;
      node.scrollLeft = Math.max(
        Math.min(node.scrollLeft, cell.offsetLeft),
        right - node.clientWidth
      );
    }
  }

  private choose(row: number, column: IGridColumn | undefined): void {
    if (row >= 0) {
      this.props.onSelect(row);
    } else if (column?.sortable) {
      this.props.onSort(column.key);
    }
  }

  private readonly onFocus = (): void => {
    this.hasFocus = true;
    this.forceUpdate();
  };

  private readonly onBlur = (): void => {
    this.hasFocus = false;
    this.props.onExplain(null, null);
    this.forceUpdate();
  };

  private readonly onClick = (
    event: JSX.TargetedMouseEvent<HTMLElement>
  ): void => {
    const target = event.target as HTMLElement;
    if (target.closest('button')) {
      return;
    }
    const head = target.closest<HTMLElement>('[data-column]');
    const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const c = Number(head?.dataset['column'] ?? this.cursor.column);
    if (head) {
      this.cursor = { row: -1, column: c };
      this.choose(-1, this.props.columns[c]);
    } else if (row !== undefined) {
      this.cursor = { row: Number(row), column: this.cursor.column };
      this.choose(Number(row), undefined);
    }
  };

  private readonly onOver = (
    event: JSX.TargetedMouseEvent<HTMLElement>
  ): void => {
    const target = event.target as HTMLElement;
    const head = target.closest<HTMLElement>('[data-column]');
    const column = head
      ? this.props.columns[Number(head.dataset['column'])]
      : undefined;
    this.props.onExplain(column ?? null, column ? head : null);
    const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    this.props.onHover(row === undefined ? -1 : Number(row));
  };

  private readonly onLeave = (): void => {
    this.props.onExplain(null, null);
    this.props.onHover(-1);
  };
}
