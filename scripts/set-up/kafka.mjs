// Kafka: a real broker of one node, and what Spark needs to read from it.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { jarsOf, setUpJars } from './jars.mjs';
import { SetUpError } from './run.mjs';

const lock = JSON.parse(
  readFileSync(new URL('kafka-jars.json', import.meta.url), 'utf8')
);
const HOST = '127.0.0.1';
const STARTED = 'Kafka Server started';
/** Lines of the broker's log that are kept to say why it ended. */
const KEPT_LINES = 40;
/** Milliseconds for the broker to start: it takes five seconds where nothing else runs. */
const PATIENCE_MS = 100000;
/** A broker that lives for minutes and holds little. Where that is too little for it, it ends and says so; it would go on with threads missing. */
const JVM = [
  '-Xmx256m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError'
];

/**
 * @typedef {object} IKafkaJars
 * @property {string[]} broker
 * @property {Record<string, string[]>} spark what Spark needs to read from Kafka, by the beginning of its version
 */

/**
 * Makes sure that the jars of the broker and of Spark's connectors are there.
 *
 * @param {NodeJS.ProcessEnv} env has Java on its path
 * @returns {Promise<IKafkaJars>}
 * @throws SetUpError
 */
export async function setUpKafka(env) {
  const all = Object.fromEntries(
    Object.entries(lock).map(([part, jars]) => [part, jarsOf(jars)])
  );
  const paths = await setUpJars('Kafka', Object.values(all).flat(), env);
  const take = part => paths.splice(0, all[part].length);
  const parts = Object.fromEntries(
    Object.keys(all).map(part => [part, take(part)])
  );
  const { broker, ...connectors } = parts;
  const spark = Object.fromEntries(
    Object.entries(connectors).map(([part, jars]) => [
      part.replace('spark-', ''),
      // To be pasted into a line of Python, where a backslash is an escape.
      jars.map(path => path.replaceAll('\\', '/'))
    ])
  );
  return { broker, spark };
}

/** A port of this machine: the one that is asked for, or for 0 one that nobody has. */
function takePort(port) {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', () =>
      fail(
        new SetUpError(
          `Port ${port} is taken by another program: choose another with --port.`
        )
      )
    );
    probe.listen(port, HOST, () => {
      const taken = probe.address().port;
      probe.close(() => done(taken));
    });
  });
}

function propertiesOf(port, controllerPort, folder) {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    listeners: `PLAINTEXT://${HOST}:${port},CONTROLLER://${HOST}:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://${HOST}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': `${HOST}:${controllerPort}`,
    'listener.security.protocol.map':
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    // A backslash is an escape in a file of properties.
    'log.dirs': join(folder, 'data').replaceAll('\\', '/'),
    // A topic is made when it is first written to.
    'auto.create.topics.enable': true,
    'num.partitions': 2,
    // One node has one copy of everything.
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    // What tidies topics by their keys would take half of the memory for it when it starts (128 MB).
    'log.cleaner.dedupe.buffer.size': 4 * 1024 * 1024,
    'group.initial.rebalance.delay.ms': 0
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

const LOGGING = `
rootLogger.level = WARN
rootLogger.appenderRef.console.ref = console
logger.server.name = kafka.server.KafkaRaftServer
logger.server.level = INFO
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %m (%c)%n
`;

/**
 * A running broker.
 *
 * @typedef {object} IKafka
 * @property {string} address as `kafka.bootstrap.servers` takes it
 * @property {Promise<string>} ended resolves when the process has ended, with the end of its log
 * @property {() => Promise<void>} stop ends it and deletes its data
 */

/** A Java program of Kafka, with what it says. */
function run(jars, folder, args, env) {
  const child = spawn(
    'java',
    [
      ...JVM,
      `-Dlog4j2.configurationFile=${join(folder, 'log4j2.properties')}`,
      '-cp',
      jars.join(delimiter),
      ...args
    ],
    { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true }
  );
  const lines = [];
  const heard = new Set();
  const listen = line => {
    lines.push(line);
    lines.splice(0, lines.length - KEPT_LINES);
    heard.forEach(listener => listener(line));
  };
  // By lines: what a pipe hands over at once may end in the middle of one.
  createInterface({ input: child.stdout }).on('line', listen);
  createInterface({ input: child.stderr }).on('line', listen);
  const ended = new Promise(done => {
    child.on('error', error => {
      lines.push(error.message);
      done(1);
    });
    child.on('close', code => done(code ?? 1));
  });
  return {
    child,
    ended,
    text: () => lines.join('\n'),
    says: words =>
      new Promise(done => heard.add(line => line.includes(words) && done(true)))
  };
}

/**
 * Starts a broker of one node (KRaft) that only this machine can reach, with a folder of its own.
 *
 * @param {string[]} jars of the broker
 * @param {NodeJS.ProcessEnv} env has Java on its path
 * @param {number} [port] 0 is any that is free
 * @returns {Promise<IKafka>} once it answers
 * @throws SetUpError
 */
export async function startKafka(jars, env, port = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'sparkglass-kafka-'));
  const clean = () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  try {
    const own = await takePort(port);
    const properties = join(folder, 'server.properties');
    mkdirSync(join(folder, 'data'));
    writeFileSync(properties, propertiesOf(own, await takePort(0), folder));
    writeFileSync(join(folder, 'log4j2.properties'), LOGGING);
    const id = randomBytes(16).toString('base64url');
    // As one word: one in 64 begins with a dash.
    const given = [`--cluster-id=${id}`, `--config=${properties}`];
    const formatted = run(
      jars,
      folder,
      ['kafka.tools.StorageTool', 'format', ...given, '--standalone'],
      env
    );
    if ((await formatted.ended) !== 0) {
      throw new SetUpError(
        `Kafka could not prepare its folder:\n\n${formatted.text()}`
      );
    }
    const server = run(jars, folder, ['kafka.Kafka', properties], env);
    const limit = setTimeout(() => server.child.kill('SIGKILL'), PATIENCE_MS);
    const isUp = await Promise.race([
      server.says(STARTED),
      server.ended.then(() => false)
    ]);
    clearTimeout(limit);
    if (!isUp) {
      throw new SetUpError(
        `Kafka did not start, or not within ${PATIENCE_MS / 1000} seconds:\n\n${server.text()}`
      );
    }
    return {
      address: `${HOST}:${own}`,
      ended: server.ended.then(() => server.text()),
      stop: async () => {
        // Its data goes too, so there is nothing to put in order first.
        server.child.kill('SIGKILL');
        await server.ended;
        clean();
      }
    };
  } catch (error) {
    clean();
    throw error;
  }
}
