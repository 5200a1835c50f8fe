/** Operators of a logical plan → what one writes to get them; those of which nobody writes anything are empty. */
const WRITTEN: Readonly<Record<string, string>> = {
  Aggregate: 'groupBy',
  Deduplicate: 'dropDuplicates',
  Distinct: 'distinct',
  Except: 'subtract',
  Expand: '',
  Filter: 'filter',
  Generate: 'explode',
  GlobalLimit: 'limit',
  Intersect: 'intersect',
  Join: 'join',
  LocalLimit: '',
  LocalRelation: 'data',
  LogicalRDD: 'data',
  MapInPandas: 'mapInPandas',
  Project: 'select',
  Range: 'range',
  Relation: 'read',
  Repartition: 'repartition',
  RepartitionByExpression: 'repartition',
  Sample: 'sample',
  Sort: 'orderBy',
  StreamingRelation: 'readStream',
  StreamingRelationV2: 'readStream',
  Union: 'union',
  Window: 'window'
};

/** What was done to get a DataFrame, from the source on, in the words of who wrote it; the same several times in a row is one. */
export function operationWords(operations: readonly string[]): string[] {
  const words: string[] = [];
  for (const operation of operations) {
    const word = Object.hasOwn(WRITTEN, operation)
      ? WRITTEN[operation]!
      : operation;
    if (word !== '' && word !== words[words.length - 1]) {
      words.push(word);
    }
  }
  return words;
}
