/// <reference types="node" />
import { answer } from './answer';
import { readLogs } from './logs';

const USAGE = `sparkglass-api --logs DIR PATH

Prints what Spark's History Server answers about the event logs in DIR, for example
  sparkglass-api --logs ./logs "applications/local-1/stages?status=complete"
`;

/** The command: prints an answer, or says on stderr why there is none. */
async function main(args: readonly string[]): Promise<number> {
  const [option, folder, path] = args;
  if (option !== '--logs' || args.length !== 3) {
    process.stderr.write(USAGE);
    return 2;
  }
  const answered = answer(
    await readLogs(folder!, problem => process.stderr.write(`${problem}\n`)),
    path!,
    Date.now()
  );
  if ('message' in answered) {
    process.stderr.write(`${answered.status} ${answered.message}\n`);
    return 1;
  }
  process.stdout.write(`${answered.text}\n`);
  return 0;
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${why}\n`);
    process.exitCode = 1;
  }
);
