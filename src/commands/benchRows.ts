import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import { segmentOf } from '../simulator/bench/figures.js';
import type { Cell, OnDay } from '../simulator/bench/run.js';

/** Columns of a cell's visits; times are minutes after midnight, empty where it did not come to that. */
const VISIT =
  'policy,day,customer,segment,binding,service,arrived,called,started,ended,counter,held,overtaken';
/** Columns of its days, all in minutes but the openings. */
const DAY = 'policy,day,heldIdle,elasticMinutes,openings';

class Table {
  readonly #zip: Gzip = createGzip();
  readonly #written: Promise<void>;

  constructor(path: string, head: string) {
    this.#written = finished(this.#zip.pipe(createWriteStream(path)));
    this.add([head]);
  }

  add(lines: readonly string[]): void {
    this.#zip.write(`${lines.join('\n')}\n`);
  }

  async close(): Promise<void> {
    this.#zip.end();
    await this.#written;
  }
}

/** [P-13] Writes what a cell's figures are made of while it is played, as two gzipped tables: visits and days. */
export function rowsInto(
  folder: string,
  { load, specialShare }: Cell,
): { onDay: OnDay; done: () => Promise<void> } {
  mkdirSync(folder, { recursive: true });
  const name = `load-${String(load)}-special-${String(specialShare)}`;
  const visits = new Table(join(folder, `${name}.csv.gz`), VISIT);
  const days = new Table(join(folder, `${name}-days.csv.gz`), DAY);
  return {
    onDay(policy, day, customers, { rows, heldIdle, elasticMinutes, openings }) {
      days.add([[policy.id, day, heldIdle.toFixed(4), elasticMinutes.toFixed(4), openings].join(',')]);
      visits.add(
        rows.flatMap((row, i) => {
          const customer = customers[i];
          if (!customer) return [];
          const binding = customer.special && customer.special.needs.length > 1 ? 1 : 0;
          const times = [row.arrivedAt, row.calledAt, row.startedAt, row.endedAt].map(
            (at) => at?.toFixed(4) ?? '',
          );
          const who = [policy.id, day, i, segmentOf(customer), binding, customer.serviceId, ...times];
          return [[...who, row.counter ?? '', row.held ? 1 : 0, row.passed ?? ''].join(',')];
        }),
      );
    },
    async done() {
      await Promise.all([visits.close(), days.close()]);
    },
  };
}
