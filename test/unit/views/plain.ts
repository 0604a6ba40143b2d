import type { Actor, CoreCommand, Decision } from '../../../src/lobby/input.js';
import { manager, tellerAt } from '../../support/lobby.js';
import { Lobby } from './publishing.js';

/** When, and under which command id and seed. */
export interface Moment {
  at: number;
  id: string;
  seed: string;
}

/** The lobby in which nobody is ever flagged: it does by other means what the public saw of the real one. */
export class PlainLobby extends Lobby {
  /** Visits that left this line when the real lobby served or put them away unseen. */
  readonly ghosts = new Set<string>();

  /** The same command on the version that this lobby has; a refusal is a fault of the projection. */
  same(command: CoreCommand, actor: Actor, { at, id, seed }: Moment): unknown {
    const own: CoreCommand = 'version' in command ? { ...command, ...this.#on(command.visitId) } : command;
    return must(this.decide({ command: own, actor }, id, at, seed), own);
  }

  /** Calls by name whom the real lobby's policy chose. */
  callTo(counterId: string, visitId: string, moment: Moment): void {
    this.same({ type: 'CallVisit', ...this.#on(visitId), reason: 'other' }, tellerAt(counterId), moment);
  }

  manage(
    counterId: string,
    to: 'paused' | 'resumed' | 'closing' | 'faulty' | 'repaired',
    moment: Moment,
  ): void {
    this.same({ type: 'ManageCounter', counterId, to, reason: 'break', override: 'other' }, manager, moment);
  }

  /** Lets a visit leave the line that the real lobby took out of it unseen. */
  vanish(visitId: string, moment: Moment): void {
    if (this.ghosts.has(visitId)) return;
    this.ghosts.add(visitId);
    if (this.state.present[visitId]) this.same({ type: 'LeaveVisit', ...this.#on(visitId) }, manager, moment);
  }

  comeBack(visitId: string, moment: Moment): void {
    const status = this.state.visits[visitId]?.stage.status;
    if (status === 'absent') this.same({ type: 'ReturnVisit', ...this.#on(visitId) }, manager, moment);
    if (status === 'parked') this.same({ type: 'ResumeParked', ...this.#on(visitId) }, manager, moment);
  }

  #on(visitId: string): { visitId: string; version: number } {
    return { visitId, version: this.state.visits[visitId]?.version ?? 0 };
  }
}

function must(decision: Decision, command: CoreCommand): unknown {
  if (!decision.ok)
    throw new Error(
      `the plain lobby refused ${JSON.stringify(command)}: ${decision.code} ${JSON.stringify(decision.params)}`,
    );
  return decision.result;
}
