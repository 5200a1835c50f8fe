import { listOf, type ISparkEvent, type IStageInfo } from '../../../events';

/**
 * The event with what Spark's own reader (`JsonProtocol`) cannot do without, or the same event when it has all of it.
 *
 * The past of a session comes from Spark's status store, and the environment without class path: what these do not know is missing
 * in them, and a History Server would refuse the whole log.
 */
export function readable(event: ISparkEvent): ISparkEvent {
  switch (event.Event) {
    case 'SparkListenerEnvironmentUpdate':
      return withDefaults(event, ENVIRONMENT);
    case 'SparkListenerExecutorAdded':
      return withPart(event, 'Executor Info', EXECUTOR);
    case 'SparkListenerStageSubmitted':
    case 'SparkListenerStageCompleted': {
      const info = event['Stage Info'] as IStageInfo | undefined;
      return info && !isWhole(info)
        ? { ...event, 'Stage Info': whole(info) }
        : event;
    }
    case 'SparkListenerJobStart': {
      const infos = listOf(event['Stage Infos'] as IStageInfo[] | undefined);
      return infos.every(isWhole)
        ? event
        : { ...event, 'Stage Infos': infos.map(whole) };
    }
    default:
      return event;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const ENVIRONMENT: Fields = {
  'Hadoop Properties': {},
  'System Properties': {},
  'Metrics Properties': {},
  'Classpath Entries': {}
};
const EXECUTOR: Fields = { 'Log Urls': {}, Attributes: {}, Resources: {} };
const STAGE: Fields = { 'Parent IDs': [], Details: '', Accumulables: [] };
const RDD: Fields = {
  'Number of Cached Partitions': 0,
  'Memory Size': 0,
  'Disk Size': 0
};

function withDefaults<T extends object>(of: T, defaults: Fields): T {
  return Object.keys(defaults).every(name => name in of)
    ? of
    : { ...of, ...defaults, ...of };
}

function withPart(
  event: ISparkEvent,
  name: string,
  defaults: Fields
): ISparkEvent {
  const part = event[name] as object | undefined;
  const full = withDefaults(part ?? {}, defaults);
  return full === part ? event : { ...event, [name]: full };
}

function isWhole(info: IStageInfo): boolean {
  return (
    'Accumulables' in info &&
    listOf(info['RDD Info']).every(rdd => 'Memory Size' in rdd)
  );
}

function whole(info: IStageInfo): IStageInfo {
  const rdds = listOf(info['RDD Info']).map(rdd => withDefaults(rdd, RDD));
  return { ...withDefaults(info, STAGE), 'RDD Info': rdds };
}
