/** A Python expression; its value comes back as text. */
export type Expression = string;

/** What the kernel says when it is asked to attach. */
export interface IAttachReply {
  /** Protocol version of the kernel side. */
  readonly v?: number;
  readonly version?: string;
  readonly kernel?: string;
  /** True when a SparkContext is being watched already. */
  readonly attached?: boolean;
  readonly error?: string;
}

const INSTALLED = "__import__('sparkglass.kernel', fromlist=['attach_json'])";

/** Attach with the package that is installed in the kernel's environment; fails with ModuleNotFoundError where it is not. */
export function attachInstalled(maxRows: number): Expression {
  return `${INSTALLED}.attach_json(max_rows=${maxRows})`;
}

/** Whether the kernel could use Spark at all: without PySpark there is nothing to inject for. */
export const HAS_PYSPARK: Expression =
  "__import__('importlib.util', fromlist=['find_spec']).find_spec('pyspark') is not None";

/**
 * Attach with the source that the page carries. Everything happens in modules of its own; the user's names are not touched.
 */
export async function attachCarried(maxRows: number): Promise<Expression> {
  const { CARRIED } = await import(
    /* webpackChunkName: "kernel-source" */ '../sources/kernel/carried'
  );
  const files = JSON.stringify(CARRIED);
  const code = JSON.stringify(
    [
      CARRIED['inject.py'] ?? '',
      "RESULT = install(FILES).attach_json(source=FILES['SparkglassListener.java'], " +
        `max_rows=${maxRows})`
    ].join('\n')
  );
  const scope = `{'__name__': '_sparkglass_inject', 'FILES': ${files}}`;
  return `(lambda scope: (__import__('builtins').exec(${code}, scope), scope['RESULT'])[1])(${scope})`;
}

/** Read the text of an expression's value as JSON; null when it is none. */
export function readReply(text: string | undefined): IAttachReply | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
