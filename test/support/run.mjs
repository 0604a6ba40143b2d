/**
 * `npm test`: builds what the tests start (the server and the pages), runs Jest and ends with Jest's exit code.
 *
 *   npm test                                      everything, in three rounds
 *   npm test -- --no-build test/unit/x.spec.ts    one file on what was built last
 *   npm test -- --no-build -t 'a held counter'    any option of Jest
 *   npm test -- --gc --selectProjects e2e         with global.gc()
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const own = new Set(['--no-build', '--gc']);
const asked = process.argv.slice(2);
const forJest = asked.filter((arg) => !own.has(arg));

/** Runs a program in the foreground and returns its exit code; a death by signal counts as failure. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}

function jest(...args) {
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  if (asked.includes('--gc')) node.push('--expose-gc');
  return run(process.execPath, [...node, createRequire(import.meta.url).resolve('jest/bin/jest'), ...args]);
}

if (!asked.includes('--no-build')) {
  const failed = run('npm', ['run', '--silent', 'build']);
  if (failed) process.exit(failed);
}

if (forJest.length > 0) process.exit(jest(...forJest));

// A whole lobby of browsers, and the servers that fault tests kill, need the cores for themselves: those files
// run one at a time. A single page with a still view leaves room for another.
const codes = [
  jest('--selectProjects', 'unit', 'contract', 'e2e'),
  jest('--selectProjects', 'faults', 'browser', '--runInBand'),
  jest('--selectProjects', 'pages'),
];
process.exit(Math.max(...codes));
