import {
  numberOf,
  propertiesOf,
  textOf,
  type IResourceProfileAdded,
  type IResourceRequest
} from '../events';
import { notFound } from './failure';
import { Double, type Json } from './json';
import { isSince, type IServed } from './served';

/** The default of `spark.redaction.regex`, which a History Server applies on top of what the driver did; and the one since Spark 4.3. */
const SECRET = /secret|password|token|access[.]?key/i;
const SECRET_SINCE_43 = /secret|password|token|access[.]?key|credential/i;
const REDACTED = '*********(redacted)';

/**
 * `environment`
 *
 * @throws Failure 404 when the log does not say.
 */
export function environmentInfo(served: IServed): Json {
  const { environment, resourceProfiles } = served.application;
  if (!environment) {
    throw notFound(`no such app: ${served.application.id}`);
  }
  const secret = isSince(served.application, 4, 3) ? SECRET_SINCE_43 : SECRET;
  const jvm = propertiesOf(environment['JVM Information']);
  return {
    runtime: {
      javaVersion: jvm.get('Java Version'),
      javaHome: jvm.get('Java Home'),
      scalaVersion: jvm.get('Scala Version')
    },
    sparkProperties: redacted(environment['Spark Properties'], secret),
    hadoopProperties: redacted(environment['Hadoop Properties'], secret),
    systemProperties: redacted(environment['System Properties'], secret),
    metricsProperties: redacted(environment['Metrics Properties'], secret),
    classpathEntries: sorted(environment['Classpath Entries']),
    resourceProfiles: [...resourceProfiles.entries()]
      .sort(([a], [b]) => a - b)
      .map(([id, profile]) => resourceProfileInfo(id, profile))
  };
}

function sorted(properties: unknown): [string, string][] {
  return [...propertiesOf(properties)].sort(([a], [b]) => (a < b ? -1 : 1));
}

function redacted(properties: unknown, secret: RegExp): [string, string][] {
  return sorted(properties).map(([name, value]) => [
    name,
    secret.test(name) || secret.test(value) ? REDACTED : value
  ]);
}

/** `ResourceProfileInfo` */
function resourceProfileInfo(id: number, profile: IResourceProfileAdded): Json {
  return {
    id,
    executorResources: requests(
      profile['Executor Resource Requests'],
      request => ({
        resourceName: textOf(request['Resource Name'], ''),
        amount: numberOf(request.Amount, 0),
        discoveryScript: textOf(request['Discovery Script'], ''),
        vendor: textOf(request.Vendor, '')
      })
    ),
    taskResources: requests(profile['Task Resource Requests'], request => ({
      resourceName: textOf(request['Resource Name'], ''),
      amount: new Double(numberOf(request.Amount, 0))
    }))
  };
}

function requests(
  all: Readonly<Record<string, IResourceRequest>> | undefined,
  write: (request: IResourceRequest) => Json
): Json {
  const entries = Object.entries(all ?? {});
  return Object.fromEntries(
    entries.map(([name, request]) => [name, write(request)])
  );
}
