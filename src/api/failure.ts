/** What the History Server answers instead of data: thrown inside this folder, handed out as a value. */
export class Failure extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    /** Spark's words, or the status's own where Spark has none. */
    message: string
  ) {
    super(message);
  }
}

/** No such thing. */
export function notFound(message = 'Not Found'): Failure {
  return new Failure(404, message);
}

/** A parameter that Spark cannot read (`BadParameterException`). */
export function badParameter(
  name: string,
  expected: string,
  actual: string
): Failure {
  return new Failure(
    400,
    `Bad value for parameter "${name}".  Expected a ${expected}, got "${actual}"`
  );
}
