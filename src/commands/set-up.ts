import { createInterface } from 'node:readline/promises';
import { BadEnvironment, readEnvironment } from './environment.js';

/** `npm run set-up`: asks for the one-time code, a name and a password, and hands them to the running server. */
async function main(): Promise<void> {
  const { port, host } = readEnvironment(process.env);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const code = await lines.question('One-time code (the server printed it at its start): ');
  const name = await lines.question('Name of the first administrator: ');
  const password = await lines.question('Password, at least 12 characters: ');
  lines.close();
  const response = await fetch(`http://${host}:${port}/api/v1/set-up`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Love-Window': '1' },
    body: JSON.stringify({ code, name, password }),
  });
  if (response.ok) {
    process.stdout.write(`Done. Sign in at http://${host}:${port}/admin/\n`);
    return;
  }
  const refusal = (await response.json()) as { code: string; params: { field?: string } };
  throw new BadEnvironment(`refused: ${refusal.code} ${refusal.params.field ?? ''}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
