import type { RuleId } from '../../analysis/advice';
import type { ITranslation } from '../../draw/words';

/** What a rule looks for, in a few words. */
export function ruleWords(rule: RuleId, trans: ITranslation): string {
  switch (rule) {
    case 'skew':
      return trans.__('one partition much larger than the others');
    case 'tinyTasks':
      return trans.__('too many tiny tasks');
    case 'fewPartitions':
      return trans.__('too few partitions for the cores');
    case 'spill':
      return trans.__('memory too small, data spilled to disk');
    case 'gc':
      return trans.__('much time for clearing memory (GC)');
    case 'rereadSource':
      return trans.__('the same files read again');
    case 'unusedCache':
      return trans.__('a cache that nothing reads');
    case 'cartesian':
      return trans.__('a join that compares every row with every row');
    case 'bigCollect':
      return trans.__('much data brought to the driver');
    case 'pythonUdf':
      return trans.__('Python functions called row by row');
    case 'broadcast':
      return trans.__('a shuffle that a broadcast would avoid');
    case 'driverIdle':
      return trans.__('Spark idle between jobs');
    case 'failedTasks':
      return trans.__('tasks that failed and ran again');
    case 'smallFiles':
      return trans.__('many small files');
    case 'fallingBehind':
      return trans.__('a stream that falls behind');
    case 'tinyBatches':
      return trans.__('tiny batches of a stream');
    case 'noWatermark':
      return trans.__('state of a stream without a watermark');
    case 'growingState':
      return trans.__('state of a stream that only grows');
    case 'statePartitions':
      return trans.__('too many partitions for a stream’s state');
    case 'notStopped':
      return trans.__('a streaming query that nobody stopped');
    case 'sharedCheckpoint':
      return trans.__('two streaming queries with one checkpoint');
  }
}

/** Pages of Spark's documentation, by their names, which are English in every language. */
const PAGES: Readonly<Record<RuleId, readonly [string, string]>> = {
  skew: [
    'Performance Tuning › Optimizing Skew Join',
    'sql-performance-tuning.html#optimizing-skew-join'
  ],
  tinyTasks: [
    'Tuning Spark › Level of Parallelism',
    'tuning.html#level-of-parallelism'
  ],
  fewPartitions: [
    'Tuning Spark › Level of Parallelism',
    'tuning.html#level-of-parallelism'
  ],
  spill: [
    'Tuning Spark › Memory Usage of Reduce Tasks',
    'tuning.html#memory-usage-of-reduce-tasks'
  ],
  gc: [
    'Tuning Spark › Garbage Collection Tuning',
    'tuning.html#garbage-collection-tuning'
  ],
  rereadSource: [
    'RDD Programming Guide › RDD Persistence',
    'rdd-programming-guide.html#rdd-persistence'
  ],
  unusedCache: [
    'RDD Programming Guide › Removing Data',
    'rdd-programming-guide.html#removing-data'
  ],
  cartesian: [
    'SQL Reference › JOIN › Cross Join',
    'sql-ref-syntax-qry-select-join.html#cross-join'
  ],
  bigCollect: [
    'RDD Programming Guide › Printing elements of an RDD',
    'rdd-programming-guide.html#printing-elements-of-an-rdd'
  ],
  pythonUdf: [
    'PySpark User Guide › Apache Arrow in PySpark',
    'api/python/user_guide/sql/arrow_pandas.html'
  ],
  broadcast: [
    'Performance Tuning › Join Strategy Hints for SQL Queries',
    'sql-performance-tuning.html#join-strategy-hints-for-sql-queries'
  ],
  driverIdle: [
    'Job Scheduling › Scheduling Within an Application',
    'job-scheduling.html#scheduling-within-an-application'
  ],
  failedTasks: [
    'Configuration › Scheduling › spark.task.maxFailures',
    'configuration.html#scheduling'
  ],
  smallFiles: [
    'Performance Tuning › Other Configuration Options › spark.sql.files.openCostInBytes',
    'sql-performance-tuning.html'
  ],
  fallingBehind: [
    'Structured Streaming › Input Sources',
    'streaming/apis-on-dataframes-and-datasets.html#input-sources'
  ],
  tinyBatches: [
    'Structured Streaming › Triggers',
    'streaming/apis-on-dataframes-and-datasets.html#triggers'
  ],
  noWatermark: [
    'Structured Streaming › Handling Late Data and Watermarking',
    'streaming/apis-on-dataframes-and-datasets.html#handling-late-data-and-watermarking'
  ],
  growingState: [
    'Structured Streaming › Conditions for watermarking to clean aggregation state',
    'streaming/apis-on-dataframes-and-datasets.html#conditions-for-watermarking-to-clean-aggregation-state'
  ],
  statePartitions: [
    'Structured Streaming › Miscellaneous Notes › spark.sql.shuffle.partitions',
    'streaming/additional-information.html#miscellaneous-notes'
  ],
  notStopped: [
    'Structured Streaming › Managing Streaming Queries',
    'streaming/apis-on-dataframes-and-datasets.html#managing-streaming-queries'
  ],
  sharedCheckpoint: [
    'Structured Streaming › Recovering from Failures with Checkpointing',
    'streaming/apis-on-dataframes-and-datasets.html#recovering-from-failures-with-checkpointing'
  ]
};

/** The page of Spark's documentation about a rule's subject: its name and its address. */
export function docsPage(rule: RuleId): {
  readonly name: string;
  readonly url: string;
} {
  const [name, path] = PAGES[rule];
  return { name, url: `https://spark.apache.org/docs/latest/${path}` };
}
