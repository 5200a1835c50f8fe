import { render, type ComponentChild } from 'preact';

/** Pixels between the pointer and the card. */
const DISTANCE = 14;
const MARGIN = 6;

/**
 * A card beside the pointer. It hangs on the body, so that neither a cell nor
 * a panel cuts it off, and lets the pointer through.
 */
export class Tooltip {
  private node: HTMLElement | null = null;

  constructor(private readonly host: Document) {}

  /** The card's element id while it is shown, for `aria-describedby`. */
  get isShown(): boolean {
    return this.node !== null && !this.node.hidden;
  }

  /**
   * Show a card at a point of the window, on whichever side has room.
   *
   * @param content - Preact nodes.
   */
  show(content: ComponentChild, x: number, y: number): void {
    const node = (this.node ??= this.make());
    render(content, node);
    node.hidden = false;
    const view = this.host.defaultView;
    const [width, height] = [node.offsetWidth, node.offsetHeight];
    const wide = view?.innerWidth ?? Infinity;
    const high = view?.innerHeight ?? Infinity;
    const right = x + DISTANCE;
    const below = y + DISTANCE;
    const left = right + width + MARGIN <= wide ? right : x - DISTANCE - width;
    const top = below + height + MARGIN <= high ? below : y - DISTANCE - height;
    node.style.left = `${Math.max(MARGIN, left)}px`;
    node.style.top = `${Math.max(MARGIN, Math.min(top, high - height - MARGIN))}px`;
  }

  hide(): void {
    if (this.node) {
      this.node.hidden = true;
    }
  }

  dispose(): void {
    if (this.node) {
      render(null, this.node);
      this.node.remove();
      this.node = null;
    }
  }

  private make(): HTMLElement {
    const node = this.host.createElement('div');
    node.className = 'jp-ThemedContainer jp-Sparkglass-tooltip';
    node.setAttribute('role', 'tooltip');
    this.host.body.appendChild(node);
    return node;
  }
}
