import type { ITranslation } from '../../draw/words';

/** What an operator does, in one or two sentences, and what good looks like. */
export interface IOperatorWords {
  readonly what: string;
  readonly good: string;
}

/** Operators that rows come from, and those that put them away; null for others. */
export function sourceWords(
  kind: string,
  trans: ITranslation
): IOperatorWords | null {
  const little = trans.__(
    'Good is when it reads no more than is needed: few columns, and only the folders and files that the filters leave.'
  );
  const free = trans.__('This costs next to nothing.');
  switch (kind) {
    case 'Scan':
    case 'FileScan':
      return {
        what: trans.__(
          'Reads files. One task reads one piece of them; filters and columns that are named here are left out while reading.'
        ),
        good: little
      };
    case 'BatchScan':
      return {
        what: trans.__(
          'Reads a table through its data source (such as Iceberg, Delta or JDBC), which decides how the work is cut into tasks.'
        ),
        good: little
      };
    case 'MicroBatchScan':
    case 'ContinuousScan':
    case 'RealTimeStreamScan':
      return {
        what: trans.__(
          'Reads what has arrived at the source of a stream since the last batch.'
        ),
        good: trans.__(
          'Good is when a batch is done before the next one has arrived.'
        )
      };
    case 'Scan ExistingRDD':
    case 'ExternalRDDScan':
      return {
        what: trans.__(
          'Takes the rows of an RDD, or of data that came from Python, such as a list or a pandas DataFrame.'
        ),
        good: trans.__(
          'Fine for small data. Large data is better read from files, by all executors at once.'
        )
      };
    case 'Scan OneRowRelation':
      return {
        what: trans.__(
          'One row without columns: where a query without a FROM starts.'
        ),
        good: free
      };
    case 'InMemoryTableScan':
      return {
        what: trans.__(
          'Reads a cached DataFrame. What is drawn before it made the cache; once that is done, it is not run again.'
        ),
        good: trans.__(
          'Good is when all of it fits into memory and it is read more than once.'
        )
      };
    case 'LocalTableScan':
    case 'CommandResult':
      return {
        what: trans.__('Hands out a few rows that the driver already has.'),
        good: free
      };
    case 'Range':
      return {
        what: trans.__('Counts: makes a column of numbers, without reading.'),
        good: free
      };
    case 'EmptyRelation':
      return {
        what: trans.__(
          'No rows. Spark found out while the query ran that nothing can come from here, and left out what is drawn before it.'
        ),
        good: trans.__(
          'Good: work that was not done. If rows were expected, look at the filters.'
        )
      };
    case 'WriteFiles':
      return {
        what: trans.__('Every task writes its rows into files of its own.'),
        good: trans.__(
          'Good is files of 100 MiB to 1 GiB. Many small ones make all later reading slow: use fewer partitions.'
        )
      };
    case 'Execute InsertIntoHadoopFsRelationCommand':
    case 'Execute InsertIntoHiveTable':
    case 'AppendData':
    case 'OverwriteByExpression':
    case 'OverwritePartitionsDynamic':
    case 'AtomicReplaceTableAsSelect':
    case 'AtomicCreateTableAsSelect':
    case 'CreateTableAsSelect':
    case 'ReplaceTableAsSelect':
    case 'WriteDelta':
    case 'ReplaceData':
    case 'SaveIntoDataSourceCommand':
      return {
        what: trans.__(
          'Writes a table: waits until all tasks have written, then makes their files visible together.'
        ),
        good: trans.__(
          'Good is when the commit takes a small part of the time. It grows with the number of files.'
        )
      };
    case 'WriteToDataSourceV2':
    case 'WriteToContinuousDataSource':
      return {
        what: trans.__('Hands the rows of a batch to the sink of a stream.'),
        good: trans.__(
          'Good is when a batch is done before the next one has arrived.'
        )
      };
    case 'CacheTable':
    case 'CacheTableAsSelect':
      return {
        what: trans.__(
          'Puts a table into the cache, so that later queries read it from there.'
        ),
        good: trans.__(
          'Good is when all of it fits into memory and it is read more than once.'
        )
      };
    default:
      return /^Execute |Command$|^(?:Show|Describe|Create|Drop|Alter|Set|Refresh|Uncache|Rename|Truncate|Insert|Delete|Update|Merge)\w*$/.test(
        kind
      )
        ? {
            what: trans.__(
              'A command. The driver runs it itself: it changes or tells something about tables, views or settings.'
            ),
            good: free
          }
        : null;
  }
}
