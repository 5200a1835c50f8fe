// npm run kafka: a Kafka broker for experiments, until Ctrl+C.
//   --port=9092   where it listens; 0 is any port that is free
//   --piped       for programs: one line of JSON instead of words, and it ends when its input does
import { setUpJava } from './set-up/java.mjs';
import { setUpKafka, startKafka } from './set-up/kafka.mjs';
import { environment } from './set-up/paths.mjs';
import { setUpEnvironment } from './set-up/python.mjs';
import { SetUpError, main, say } from './set-up/run.mjs';

const PORT = 9092;

function readArguments(argv) {
  const words = argv.join(' ').replaceAll('--port ', '--port=').split(' ');
  const rest = words.filter(word => word && !/^--(piped|port=\d+)$/.test(word));
  if (rest.length > 0) {
    throw new SetUpError(
      `Not understood: ${rest.join(' ')}. There are --port=${PORT} and --piped.`
    );
  }
  const port = words.find(word => word.startsWith('--port='))?.slice(7);
  return { port: Number(port ?? PORT), isPiped: words.includes('--piped') };
}

function explain(address, spark) {
  const sessions = Object.entries(spark).map(
    ([version, jars]) =>
      `Spark ${version}: SparkSession.builder.config('spark.jars', '${jars.join(',')}')`
  );
  const option = `.format('kafka').option('kafka.bootstrap.servers', '${address}')`;
  process.stdout.write(`
Kafka listens at ${address}. Ctrl+C stops it and deletes its data.

A session that can read it has its connector, before its first line starts Spark:

${sessions.join('\n\n')}

A topic is there once something was written to it; it has two partitions. To write rows, and to read them as a stream:

spark.range(1000).selectExpr('CAST(id AS STRING) AS value').write${option}.option('topic', 'numbers').save()
numbers = spark.readStream${option}.option('subscribe', 'numbers').option('startingOffsets', 'earliest').load()

`);
}

/** Resolves when it is to end: by Ctrl+C, or with what has started it. */
function askedToEnd(isPiped) {
  return new Promise(done => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => done(null));
    }
    if (isPiped) {
      process.stdin.on('close', () => done(null)).resume();
    }
  });
}

await main(async () => {
  const { port, isPiped } = readArguments(process.argv.slice(2));
  const end = askedToEnd(isPiped);
  const env = { ...process.env };
  await setUpJava(env);
  if (!isPiped) {
    // The Ivy that fetches Kafka comes with PySpark.
    await setUpEnvironment(environment, 'requirements/dev.txt');
  }
  const { broker, spark } = await setUpKafka(env);
  say('Starting Kafka …');
  const kafka = await startKafka(broker, env, port);
  try {
    if (isPiped) {
      const { address } = kafka;
      process.stdout.write(`${JSON.stringify({ address, spark })}\n`);
    } else {
      explain(kafka.address, spark);
    }
    const why = await Promise.race([end, kafka.ended]);
    if (why !== null) {
      throw new SetUpError(`Kafka has ended by itself:\n\n${why}`);
    }
  } finally {
    await kafka.stop();
  }
  if (isPiped) {
    // It may still be open, when Kafka has ended by itself.
    process.stdin.unref?.();
  }
});
