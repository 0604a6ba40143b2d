import { execFileSync } from 'node:child_process';

/** The commit of the working folder, as results name it; `unknown` outside of a repository. */
export function commitHere(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
