import {
  numberOf,
  propertiesOf,
  textOf,
  type IResourceProfileAdded,
  type IResourceRequest
} from '../events';
import { notFound } from './failure';
import { Double, type Json } from './json';
import type { IServed } from './served';

/** The default of `spark.redaction.regex`, which a History Server applies on top of what the driver did. */
const SECRET = /secret|password|token|access[.]?key/i;
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
  const jvm = propertiesOf(environment['JVM Information']);
  return {
    runtime: {
      javaVersion: jvm.get('Java Version'),
      javaHome: jvm.get('Java Home'),
      scalaVersion: jvm.get('Scala Version')
    },
    sparkProperties: redacted(environment['Spark Properties']),
    hadoopProperties: redacted(environment['Hadoop Properties']),
    systemProperties: redacted(environment['System Properties']),
    metricsProperties: redacted(environment['Metrics Properties']),
    classpathEntries: sorted(environment['Classpath Entries']),
    resourceProfiles: [...resourceProfiles.entries()]
      .sort(([a], [b]) => a - b)
      .map(([id, profile]) => resourceProfileInfo(id, profile))
  };
}

function sorted(properties: unknown): [string, string][] {
  return [...propertiesOf(properties)].sort(([a], [b]) => (a < b ? -1 : 1));
}

function redacted(properties: unknown): [string, string][] {
  return sorted(properties).map(([name, value]) => [
    name,
    SECRET.test(name) || SECRET.test(value) ? REDACTED : value
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
