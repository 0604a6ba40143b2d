import { AlreadyRunning } from './commands/dataDir.js';
import { NotEmpty } from './commands/demoData.js';
import { BadEnvironment, readEnvironment } from './commands/environment.js';
import { newLogger } from './commands/logging.js';
import { startDemo } from './commands/demoServer.js';
import { stopOnSignal } from './commands/stopping.js';
import { PortTaken } from './commands/port.js';
import { startServer } from './boot.js';

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = newLogger(environment.logLevel);
  const start = environment.mode === 'demo' ? startDemo : startServer;
  const server = await start({ ...environment, logger });
  logger.info({ port: server.port, mode: environment.mode }, 'the server is ready');
  if (server.setUpCode !== undefined)
    process.stderr.write(
      `\nNobody can sign in yet. Open ${server.url}/admin/ and give this one-time start code: ${server.setUpCode}\n` +
        `还没有人能登录：请打开上面的地址，填写一次性启动码。\n\n`,
    );

  stopOnSignal(server, logger);
  process.on('unhandledRejection', (error) => logger.error({ error }, 'an error nobody waited for'));
  process.on('uncaughtException', (error) => {
    // What memory holds can't be trusted after this; the log can, and the next start reads it.
    logger.fatal({ error }, 'an error nobody caught');
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  if (error instanceof PortTaken) {
    process.stderr.write(`${error.hint((port) => `LW_PORT=${String(port)} npm start`)}\n`);
    process.exit(1);
  }
  const expected = [BadEnvironment, AlreadyRunning, NotEmpty].some((kind) => error instanceof kind);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`love-window can't start: ${(expected ? undefined : stack) ?? message}\n`);
  process.exit(1);
});
