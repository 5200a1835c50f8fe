import {
  listOf,
  numberOf,
  textOf,
  type IBlockManagerId,
  type IBlockUpdated,
  type ISparkEvent,
  type IStageInfo
} from '../../../events';

/** Makes of events what Spark's own reader (`JsonProtocol`) can read: it refuses a whole log for one line that lacks something. */
export class Readable {
  /**
   * The event with what Spark's reader cannot do without, or the same event when it has all of it.
   *
   * The past of a session comes from Spark's status store, and the environment without class path: what these do not know is missing in them.
   *
   * @returns null when nobody can say what is missing.
   */
  of(event: ISparkEvent): ISparkEvent | null {
    switch (event.Event) {
      case 'SparkListenerEnvironmentUpdate':
        return withDefaults(event, ENVIRONMENT);
      case 'SparkListenerExecutorAdded':
        return withPart(event, 'Executor Info', EXECUTOR);
      case 'SparkListenerBlockManagerAdded':
        return this.learn(event);
      case 'SparkListenerBlockUpdated':
        return this.located(event);
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

  private learn(event: ISparkEvent): ISparkEvent | null {
    const id = event['Block Manager ID'] as IBlockManagerId | undefined;
    if (!isPlace(id)) {
      return null;
    }
    this.places.set(textOf(id['Executor ID'], ''), id);
    return event;
  }

  /** The status store knows on which executor a block is, not the address there. */
  private located(event: ISparkEvent): ISparkEvent | null {
    const info = event['Block Updated Info'] as
      IBlockUpdated['Block Updated Info'] | undefined;
    const id = info?.['Block Manager ID'];
    if (isPlace(id)) {
      return event;
    }
    const place = this.places.get(textOf(id?.['Executor ID'], ''));
    return place
      ? {
          ...event,
          'Block Updated Info': {
            ...info,
            'Block Manager ID': place,
            'Storage Level': withDefaults(info?.['Storage Level'] ?? {}, LEVEL)
          }
        }
      : null;
  }

  private readonly places = new Map<string, IBlockManagerId>();
}

/** `BlockManagerId` asserts as much. */
function isPlace(id: IBlockManagerId | undefined): id is IBlockManagerId {
  return textOf(id?.Host, '') !== '' && numberOf(id?.Port, 0) > 0;
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
const LEVEL: Fields = { 'Use Off Heap': false };
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
