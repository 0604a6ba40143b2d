import type { Audience } from '../../../src/protocol/views.js';
import { decide } from '../../../src/lobby/decide.js';
import type { Decision } from '../../../src/lobby/input.js';
import { emptyState, type LobbyState } from '../../../src/lobby/state.js';
import { publicFacts } from '../../../src/views/public-facts.js';
import type { PublicEstimates } from '../../../src/views/published.js';
import { viewFor } from '../../../src/views/view.js';
import type { Act } from './choosing.js';

/** A lobby, and a publisher that sends what changed in each public view. */
export class Lobby {
  readonly state: LobbyState = emptyState('main');
  published?: PublicEstimates;
  /** What was accepted and has not been taken from here. */
  readonly accepted: (Act & { id: string })[] = [];
  readonly #bytes = new Map<string, string>();

  decide(act: Act, id: string, at: number, seed: string): Decision {
    const decision = decide(this.state, { command: act.command, id, at, actor: act.actor, seed });
    if (decision.ok) this.accepted.push({ ...act, id });
    return decision;
  }

  /**
   * The frames that go out now: the channel and the view's new bytes, which with the bytes before make the
   * patch. `secret` visits' own phones are left out.
   */
  publish(now: number, secret: ReadonlySet<string>): string[] {
    const facts = publicFacts(this.state);
    const frames: string[] = [];
    const look = (audience: Audience, key?: string): void => {
      const channel = `${audience}/${key ?? ''}`;
      const { published } = this;
      const context = {
        now,
        demo: false,
        facts,
        ...(key !== undefined && { key }),
        ...(published && { published }),
      };
      const bytes = JSON.stringify(viewFor(audience, this.state, context));
      if (this.#bytes.get(channel) === bytes) return;
      this.#bytes.set(channel, bytes);
      frames.push(`${channel} ${bytes}`);
    };
    for (const room of [undefined, 'vip']) {
      look('board', room);
      look('kiosk', room);
    }
    for (const id in this.state.visits) if (!secret.has(id)) look('ticket', id);
    return frames;
  }
}

/** The first frames that differ, each from where it does. */
export function differences(real: readonly string[], plain: readonly string[]): string {
  const i = real.findIndex((frame, at) => frame !== plain[at]);
  const [mine, theirs] = [real[i] ?? '', plain[i < 0 ? real.length : i] ?? ''];
  let from = 0;
  while (from < mine.length && mine[from] === theirs[from]) from += 1;
  return [mine, theirs]
    .map((frame) => `${frame.slice(0, 30)} … ${frame.slice(Math.max(0, from - 60), from + 100)}`)
    .join('\n');
}
