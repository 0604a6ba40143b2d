import type { IncomingMessage, ServerResponse } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROTOCOL_VERSION } from '../protocol/version.js';

/** The REST door's description, from the same classes that check what comes in. */
export function describe(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Love Window')
    .setDescription(
      'Every answer of a command is an Ack: {ok: true, seq, result} or {ok: false, code, params}.',
    )
    .setVersion(String(PROTOCOL_VERSION))
    .addBearerAuth()
    .addCookieAuth('lw')
    .build();
  return SwaggerModule.createDocument(app, about);
}

/** Answers /api/v1/openapi.json; the document is made when it is first asked for. */
export function serveDescription(app: INestApplication): void {
  let text: string | undefined;
  app.use('/api/v1/openapi.json', (_request: IncomingMessage, response: ServerResponse) => {
    text ??= JSON.stringify(describe(app));
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(text);
  });
}
