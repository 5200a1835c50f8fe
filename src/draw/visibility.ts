/** Says whether a node is near enough to the window to be worth drawing. */
export interface IVisibility {
  readonly isVisible: boolean;
  dispose(): void;
}

/**
 * Watch whether a node can be seen.
 *
 * A node counts as visible until the browser says otherwise: the first answer
 * may come late (or, in a background tab, not at all), and a picture drawn too
 * early costs less than one that never comes. Answers that arrive after
 * `dispose` are ignored, and of several in one delivery only the last counts.
 *
 * @param changed is called when the answer changes.
 */
export function watchVisibility(
  node: Element,
  changed: (visible: boolean) => void
): IVisibility {
  let visible = true;
  let disposed = false;
  const observer =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver(
          entries => {
            const last = entries[entries.length - 1];
            if (disposed || !last || last.isIntersecting === visible) {
              return;
            }
            visible = last.isIntersecting;
            changed(visible);
          },
          // Draw a little before it scrolls in.
          { rootMargin: '100px' }
        );
  observer?.observe(node);
  return {
    get isVisible() {
      return visible && !disposed;
    },
    dispose() {
      disposed = true;
      observer?.disconnect();
    }
  };
}
