// Starting other programs, and saying what is being done.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWindows, root } from './paths.mjs';

/** What stops a set-up, in words for the person who started it. */
export class SetUpError extends Error {}

const begin = Date.now();

/**
 * Prints one line with the seconds since the start.
 *
 * @param {string} text
 */
export function say(text) {
  const seconds = ((Date.now() - begin) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`[${seconds} s] ${text}\n`);
}

/**
 * What a short program prints, or `null` when it is missing or fails.
 *
 * @param {string} program
 * @param {string[]} args
 * @returns {string | null} standard output and error, trimmed
 */
export function ask(program, args) {
  try {
    return execFileSync(program, args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 30000,
      windowsHide: true
    }).trim();
  } catch {
    return null;
  }
}

/**
 * Runs a program with its output on this terminal.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, minutes?: number}} [options] after that many minutes it is told to
 *   end, and half a minute later made to
 * @returns {Promise<number>} its exit code; 1 when a signal ended it or it could not start
 */
export function show(program, args, options = {}) {
  const { minutes, ...rest } = options;
  return new Promise(done => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      windowsHide: true,
      ...rest
    });
    const limits =
      minutes === undefined
        ? []
        : [
            setTimeout(() => {
              say(`Not done after ${minutes} minutes: it is told to end.`);
              child.kill('SIGINT');
            }, minutes * 60000),
            setTimeout(() => child.kill('SIGKILL'), minutes * 60000 + 30000)
          ];
    const ended = code => {
      limits.forEach(clearTimeout);
      done(code);
    };
    child.on('error', error => {
      say(`${program} could not be started: ${error.message}`);
      ended(1);
    });
    child.on('close', code => ended(code ?? 1));
  });
}

/**
 * Runs a long program quietly: a line at the start, one every 20 seconds, one at the end. Its output is
 * shown only when it fails.
 *
 * @param {string} what what is being done, as in "Installing Python packages"
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, ifFails?: string}} [options] `ifFails` is the sentence to stop with
 * @throws SetUpError when it fails
 */
export async function work(what, program, args, options = {}) {
  const { ifFails, ...rest } = options;
  const started = Date.now();
  const output = [];
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say(`${what} …`);
  const pulse = setInterval(
    () => say(`${what}: still at it after ${seconds()} s`),
    20000
  );
  const code = await new Promise(done => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...rest
    });
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.on('error', error => {
      output.push(Buffer.from(`${error.message}\n`));
      done(1);
    });
    child.on('close', done);
  });
  clearInterval(pulse);
  if (code !== 0) {
    process.stdout.write(Buffer.concat(output));
    throw new SetUpError(ifFails ?? `${what} failed (exit code ${code}).`);
  }
  say(`${what}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/**
 * npm, as a program and the first arguments for it. `npm.cmd` cannot be started without a shell on
 * Windows, so npm's own JavaScript is run by this Node wherever it is found.
 *
 * @returns {{program: string, args: string[], options: {shell?: boolean}}}
 */
export function npm() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  ];
  const script = candidates.find(
    path => /npm-cli\.c?js$/.test(path) && existsSync(path)
  );
  return script
    ? { program: process.execPath, args: [script], options: {} }
    : { program: 'npm', args: [], options: { shell: isWindows } };
}

/**
 * The last act of a script: runs it, and turns what stops it into a sentence and an exit code.
 *
 * @param {() => Promise<number | void>} body returns the exit code, or nothing for 0
 */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetUpError)) {
      throw error;
    }
    process.stdout.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
