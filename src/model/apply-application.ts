import {
  idOf,
  numberOf,
  propertiesOf,
  textOf,
  textsOf,
  type IApplicationEnd,
  type IApplicationStart,
  type IEnvironmentUpdate,
  type ILogStart,
  type ISparkglassApplication,
  type ISparkglassApplicationEnd,
  type ISparkglassQueue,
  type ISparkglassShuffle,
  type ISparkglassShuffleRead,
  type ISparkglassStrings
} from '../events';
import type { Application } from './application';
import { shuffleFrom } from './shuffle';
import { shuffleReadFrom } from './shuffle-read';

/** More strings than any application has: a hostile base must not fill the memory. */
const MOST_STRINGS = 1 << 22;

export function onLogStart(app: Application, event: ILogStart): void {
  app.sparkVersion = textOf(event['Spark Version'], app.sparkVersion);
}

export function onApplicationStart(
  app: Application,
  event: IApplicationStart
): void {
  app.id = textOf(event['App ID'], app.id);
  app.attemptId = textOf(event['App Attempt ID'] ?? app.attemptId, null);
  app.name = textOf(event['App Name'], app.name);
  app.user = textOf(event.User, app.user);
  app.startTime = numberOf(event.Timestamp ?? app.startTime, null);
  app.saw(app.startTime);
  // The driver's block manager is announced before it.
  const driver = app.executors.get('driver');
  if (driver && event['Driver Logs']) {
    driver.logs = propertiesOf(event['Driver Logs']);
    driver.attributes = propertiesOf(event['Driver Attributes']);
  }
}

export function onApplicationEnd(
  app: Application,
  event: IApplicationEnd
): void {
  app.endTime = numberOf(event.Timestamp, app.now);
  app.endReason ??= 'stopped';
  app.exitCode = numberOf(event.ExitCode ?? app.exitCode, null);
  app.saw(app.endTime);
}

export function onEnvironmentUpdate(
  app: Application,
  event: IEnvironmentUpdate
): void {
  app.environment = event;
  app.properties = propertiesOf(event['Spark Properties']);
  app.master = app.properties.get('spark.master') ?? app.master;
  const jvm = propertiesOf(event['JVM Information']);
  app.javaVersion = jvm.get('Java Version') ?? app.javaVersion;
}

export function onSparkglassApplication(
  app: Application,
  event: ISparkglassApplication
): void {
  app.id = textOf(event['App ID'], app.id);
  app.name = textOf(event['App Name'], app.name);
  app.sparkVersion = textOf(event['Spark Version'], app.sparkVersion);
  app.javaVersion = textOf(event['Java Version'], app.javaVersion);
  app.master = textOf(event.Master, app.master);
  app.uiUrl = textOf(event.UI, null);
  app.announcedCores = numberOf(event.Cores, app.announcedCores);
  app.startTime = numberOf(event['Start Time'] ?? app.startTime, null);
  app.cellRunId = textOf(event['Run ID'], null);
  app.connect = event.Connect === true;
  app.source = textOf(event.Source, 'listener');
  app.saw(numberOf(event.Time, null));
}

export function onSparkglassApplicationEnd(
  app: Application,
  event: ISparkglassApplicationEnd
): void {
  app.endTime ??= numberOf(event.Time, app.now);
  app.endReason = textOf(event.Reason, 'stopped');
  app.saw(app.endTime);
}

export function onSparkglassStrings(
  app: Application,
  event: ISparkglassStrings
): void {
  const base = idOf(event.Base);
  const values = textsOf(event.Values);
  if (base < 0 || base + values.length > MOST_STRINGS) {
    return;
  }
  while (app.strings.length < base) {
    app.strings.push('');
  }
  values.forEach((value, i) => {
    app.strings[base + i] = value;
  });
}

export function onSparkglassQueue(
  app: Application,
  event: ISparkglassQueue
): void {
  app.droppedEvents = numberOf(event['Dropped Events'], app.droppedEvents);
  app.saw(numberOf(event.Time, null));
}

export function onSparkglassShuffle(
  app: Application,
  event: ISparkglassShuffle
): void {
  const shuffle = shuffleFrom(event);
  if (shuffle) {
    app.shuffles.set(shuffle.id, shuffle);
    app.stage(shuffle.stageId, shuffle.stageAttempt).shuffleDepId = shuffle.id;
  }
}

/** A read that is told again, of a plan that changed once more, takes the place of what was told. */
export function onSparkglassShuffleRead(
  app: Application,
  event: ISparkglassShuffleRead
): void {
  const read = shuffleReadFrom(event);
  if (read) {
    const reads = app.shuffleReads.get(read.shuffleId) ?? [];
    app.shuffleReads.set(read.shuffleId, [
      ...reads.filter(
        other =>
          other.executionId !== read.executionId || other.read !== read.read
      ),
      read
    ]);
  }
}
