// Programs that a command starts and stands for: signals are passed on once, and none outlives its parent.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { environment, root } from './setup.mjs';

const leash = pathToFileURL(join(root, 'bin', 'leash.mjs')).href;

/** Syncs of papers hold a thread each while the disk works: with libuv's four the next paper would wait for them. */
export const fileThreads = { UV_THREADPOOL_SIZE: process.env['UV_THREADPOOL_SIZE'] ?? '16' };

/**
 * Runs a program until it ends; Ctrl-C and termination reach it once, also when a terminal sends them to the whole group.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, stdio?: import('node:child_process').StdioOptions, onLine?: (line: string) => void, onStart?: (child: import('node:child_process').ChildProcess) => void, leashed?: boolean }} [options]
 *   onLine: each line of its standard output, which is passed on too; leashed: a Node program that ends when this one is gone
 * @returns {Promise<number>} its exit code (128 + signal number when a signal we did not send ended it)
 */
export function runChild(program, args, options = {}) {
  return new Promise((done) => {
    const out = options.onLine === undefined ? 'inherit' : 'pipe';
    const leashed = options.leashed === true;
    const child = spawn(program, leashed ? ['--import', leash, ...args] : [...args], {
      cwd: root,
      env: environment(options.env),
      stdio: options.stdio ?? (leashed ? ['ignore', out, 'inherit', 'ipc'] : ['inherit', out, 'inherit']),
      detached: leashed,
    });
    options.onStart?.(child);
    if (options.onLine !== undefined) passLines(child.stdout, options.onLine);
    // A program in our own group hears the terminal's Ctrl-C by itself; here it must only not end us before it ended.
    const pass = (signal) =>
      leashed || signal !== 'SIGINT' || !process.stdin.isTTY
        ? child.kill(signal === 'SIGINT' ? 'SIGTERM' : signal)
        : undefined;
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    let asked = false;
    const heard = (signal) => {
      asked = true;
      pass(signal);
    };
    for (const signal of signals) process.on(signal, heard);
    const end = (code) => {
      for (const signal of signals) process.off(signal, heard);
      done(code);
    };
    child.once('error', (error) => {
      process.stderr.write(`\n✗ ${program} could not be started: ${error.message}\n`);
      end(1);
    });
    child.once('close', (code, signal) => end(code ?? (asked ? 0 : 128 + (signal === 'SIGKILL' ? 9 : 15))));
  });
}

function passLines(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    process.stdout.write(chunk);
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  stream.on('end', () => (rest === '' ? undefined : onLine(rest)));
}
