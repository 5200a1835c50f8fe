const SESSION = 'spark = SparkSession.builder.getOrCreate()';

/** Imports and the session; a query that the cell left running is stopped first, so that the cell can be run again. */
export const start = (
  imports: string,
  name: string,
  session = SESSION
): string => `${imports}

${session}
for query in spark.streams.active:
    if query.name == "${name}":
        query.stop()`;
