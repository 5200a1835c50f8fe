/**
 * How Spark writes the line of a task's start and end (`JsonProtocol.taskStartToJson`, `taskEndToJson`), piece by piece.
 */
import { Column, LOCALITIES } from '../../events';
import { literal, type Literal } from './literal';

export const TASK = literal('{"Event":"SparkListenerTask');
export const START = literal('Start","Stage ID":');
export const END = literal('End","Stage ID":');
export const STAGE_ATTEMPT = literal(',"Stage Attempt ID":');
export const INFO = literal(',"Task Info":');
export const TYPE = literal(',"Task Type":"');
export const SUCCESS = literal(
  ',"Task End Reason":{"Reason":"Success"},"Task Info":'
);

export const TASK_ID = literal('{"Task ID":');
export const INDEX = literal(',"Index":');
export const ATTEMPT = literal(',"Attempt":');
export const PARTITION = literal(',"Partition ID":');
export const LAUNCH = literal(',"Launch Time":');
export const EXECUTOR = literal(',"Executor ID":"');
export const HOST = literal(',"Host":"');
export const LOCALITY = literal(',"Locality":"');
export const LOCALITY_NAMES = LOCALITIES.map(name => literal(`${name}"`));
export const SPECULATIVE = literal(',"Speculative":');
export const GETTING_RESULT = literal(',"Getting Result Time":');
export const FINISH = literal(',"Finish Time":');
export const FAILED = literal(',"Failed":');
export const KILLED = literal(',"Killed":');
export const ACCUMULABLES = literal(',"Accumulables":');

export const ACCUMULABLE_ID = literal('{"ID":');
export const NAME = literal(',"Name":"');
export const UPDATE = literal(',"Update":');
export const VALUE = literal(',"Value":');
export const INTERNAL = literal(',"Internal":');
export const COUNT_FAILED = literal(',"Count Failed Values":');
export const METADATA = literal(',"Metadata":"sql"');
/** The end of each of Spark's own accumulables, and of most SQL metrics. */
export const OWN_END = literal(',"Internal":true,"Count Failed Values":true}');
export const SQL_END = literal(
  ',"Internal":true,"Count Failed Values":true,"Metadata":"sql"}'
);

export const EXECUTOR_METRICS = literal(',"Task Executor Metrics":');
export const METRICS = literal(',"Task Metrics":{"Executor Deserialize Time":');
export const SHUFFLE_READ = literal(
  ',"Shuffle Read Metrics":{"Remote Blocks Fetched":'
);
export const SHUFFLE_WRITE = literal(
  ',"Shuffle Write Metrics":{"Shuffle Bytes Written":'
);
export const INPUT = literal(',"Input Metrics":{"Bytes Read":');
export const OUTPUT = literal(',"Output Metrics":{"Bytes Written":');
export const UPDATED_BLOCKS = literal(',"Updated Blocks":[]');

/** A field with a number: its name with all that stands before the number, and its column. */
export type Field = readonly [Literal, number];

const field = (name: string, column: number): Field => [
  literal(`,"${name}":`),
  column
];

/** In the order of `JsonProtocol.taskMetricsToJson`; the first field of each object is taken with what opens the object. */
export const BEFORE_PEAK: readonly Field[] = [
  field('Executor Deserialize CPU Time', Column.executorDeserializeCpuTimeNs),
  field('Executor Run Time', Column.executorRunTimeMs),
  field('Executor CPU Time', Column.executorCpuTimeNs)
];
export const PEAK = field(
  'Peak Execution Memory',
  Column.peakExecutionMemoryBytes
);
export const PEAK_ON_HEAP = literal(',"Peak On Heap Execution Memory":');
export const PEAK_OFF_HEAP = literal(',"Peak Off Heap Execution Memory":');
export const AFTER_PEAK: readonly Field[] = [
  field('Result Size', Column.resultSizeBytes),
  field('JVM GC Time', Column.jvmGcTimeMs),
  field('Result Serialization Time', Column.resultSerializationTimeMs),
  field('Memory Bytes Spilled', Column.memoryBytesSpilled),
  field('Disk Bytes Spilled', Column.diskBytesSpilled)
];
export const READ: readonly Field[] = [
  field('Local Blocks Fetched', Column.shuffleLocalBlocksFetched),
  field('Fetch Wait Time', Column.shuffleFetchWaitTimeMs),
  field('Remote Bytes Read', Column.shuffleRemoteBytesRead)
];
export const READ_TO_DISK = field(
  'Remote Bytes Read To Disk',
  Column.shuffleRemoteBytesReadToDisk
);
export const READ_LOCAL: readonly Field[] = [
  field('Local Bytes Read', Column.shuffleLocalBytesRead),
  field('Total Records Read', Column.shuffleRecordsRead)
];
export const READ_DURATION = field(
  'Remote Requests Duration',
  Column.shuffleRemoteReqsDurationMs
);
export const PUSH = literal(',"Push Based Shuffle":');
export const WRITE: readonly Field[] = [
  field('Shuffle Write Time', Column.shuffleWriteTimeNs),
  field('Shuffle Records Written', Column.shuffleRecordsWritten)
];
export const INPUT_RECORDS = field('Records Read', Column.inputRecordsRead);
export const OUTPUT_RECORDS = field(
  'Records Written',
  Column.outputRecordsWritten
);
