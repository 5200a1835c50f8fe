/**
 * Put text on the clipboard.
 *
 * The asynchronous clipboard needs a secure page and a permission; a notebook
 * server on another host often has neither, and there the old way works.
 *
 * @returns whether it is there.
 */
export async function copyText(text: string, host: Document): Promise<boolean> {
  const clipboard = host.defaultView?.navigator.clipboard;
  if (clipboard) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Refused: try the other way.
    }
  }
  const area = host.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  area.style.cssText = 'position:fixed;top:0;left:-9999px';
  host.body.appendChild(area);
  const focused = host.activeElement as HTMLElement | null;
  area.focus();
  area.select();
  try {
    return host.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus();
  }
}
