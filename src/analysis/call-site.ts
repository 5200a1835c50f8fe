/** Where in the user's code something was asked for. */
export interface ICallSite {
  /** The method, such as `count`; null when Spark names its own inner works. */
  readonly action: string | null;
  /** The file, without its folders; null when it is Spark's own. */
  readonly file: string | null;
  /** Whether the file is a notebook cell. */
  readonly isCell: boolean;
  readonly line: number | null;
}

const NOTHING: ICallSite = {
  action: null,
  file: null,
  isCell: false,
  line: null
};

/**
 * Read Spark's short call site: `count at NativeMethodAccessorImpl.java:0`,
 * `collect at /tmp/ipykernel_71/2203.py:3`,
 * `$anonfun$withThreadLocalCaptured$1 at CompletableFuture.java:1768`.
 *
 * Python calls reach Spark through reflection and adaptive execution through a
 * thread pool, so a Java or Scala file says nothing about the user's code.
 */
export function readCallSite(text: string): ICallSite {
  const match = /^(\S+) at (.+?)(?::(\d+))?$/.exec(text.trim());
  if (!match) {
    return NOTHING;
  }
  const [, method = '', place = '', digits] = match;
  const isUsers = /\.(?:py|ipynb|r|R)$/.test(place) || /^<.*>$/.test(place);
  const line = Number(digits ?? 0);
  return {
    action: /[$<]|^(?:run|call|apply|get|invoke0?)$/.test(method)
      ? null
      : method,
    file: isUsers ? place.replace(/^.*[\\/]/, '') : null,
    isCell: isUsers && /ipykernel_|^<(?:ipython-input|stdin)/.test(place),
    line: isUsers && line > 0 ? line : null
  };
}
