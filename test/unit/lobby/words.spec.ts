import type { Command } from '../../../src/protocol/commands.js';
import {
  bindingNeeds,
  careNeeds,
  visitStatuses,
  type BindingNeed,
  type SupportNeed,
  type Tier,
  type VisitStatus,
} from '../../../src/protocol/vocabulary.js';
import type { LobbyState, Visit } from '../../../src/lobby/state.js';
import { actorOf, LobbyDay, kiosk, tellerAt } from '../../support/lobby.js';

const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);
const flag = (day: LobbyDay, visit: { id: string }, needs: SupportNeed[]): void => {
  day.do({ type: 'FlagPriority', ...day.on(visit), needs, consent: true });
};

describe('A visit', () => {
  const kinds = ([0, 3] as Tier[]).flatMap((tier) =>
    [false, true].flatMap((booked) => [false, true].map((flagged) => ({ tier, booked, flagged }))),
  );

  /** A booked customer with a tier has drawn a second ticket, and both were made one visit. */
  function arrived(day: LobbyDay, tier: Tier, booked: boolean): Visit {
    if (!booked) return day.issue('cash', tier);
    day.do({ type: 'BookAppointment', code: 'K7', at: day.now, serviceIds: ['cash'] });
    const { visitId: id } = day.do({ type: 'CheckIn', code: 'K7' }, kiosk) as { visitId: string };
    if (tier > 0) {
      const second = day.issue('cash', tier);
      day.do({ type: 'MergeVisits', ...day.on({ id }), otherId: second.id, otherVersion: second.version });
    }
    return day.visit(id);
  }

  it.each(kinds)(
    '[V-5] has tier $tier, booked $booked, flagged $flagged, none for the others’ sake',
    ({ tier, booked, flagged }) => {
      const day = morning('w1');
      const visit = arrived(day, tier, booked);
      if (flagged) flag(day, visit, []);
      const is = (): unknown => {
        const { tier: has, appointmentAt, flag: priority } = day.visit(visit.id);
        return { tier: has, booked: appointmentAt !== undefined, flagged: priority !== undefined };
      };
      expect(is()).toEqual({ tier, booked, flagged });
      if (!flagged) return;
      day.do({ type: 'DeclinePriority', ...day.on(visit) });
      expect(is()).toEqual({ tier, booked, flagged: false });
    },
  );

  it('[V-5] is one stay with its services one after the other', () => {
    const day = morning('w1', 'w6');
    const serviceIds = ['cash', 'corporate', 'personal'];
    const { visitId: id } = day.do({ type: 'IssueTicket', serviceIds }, kiosk) as { visitId: string };
    for (const [left, counterId] of [
      [3, 'w1'],
      [2, 'w6'],
      [1, 'w1'],
    ] as const) {
      expect(day.visit(id).services).toEqual(serviceIds.slice(-left));
      expect(day.serveNext(counterId)).toBe(id);
      day.finish(counterId);
    }
    expect(day.state.counts).toMatchObject({ issued: 1, served: 1 });
  });

  it('[V-7] is in exactly one state at any time, and ends in exactly one way', () => {
    const day = morning('w1', 'w2', 'w4');
    const met = new Set<VisitStatus>();
    day.onEvents = () => {
      for (const { stage } of Object.values(day.state.visits)) met.add(stage.status);
      expectOneStateEach(day.state);
    };
    const two = (type: 'Recall' | 'MarkNoShow', visit: Visit): void => {
      day.seconds(20).do({ type, ...day.on(visit) }, tellerAt('w1'));
    };
    const [served, gone, left] = [day.issue(), day.issue(), day.issue()];
    day.serveNext('w1');
    day.do({ type: 'ParkVisit', ...day.on(served) }, tellerAt('w1'));
    day.do({ type: 'ResumeParked', ...day.on(served) }, tellerAt('w1'));
    day.start('w1');
    day.finish('w1');
    day.callNext('w1');
    two('Recall', gone);
    two('MarkNoShow', gone);
    day.flag(left, ['lowCounter']).confirm(left);
    day.callNext('w4');
    day.do({ type: 'LeaveVisit', ...day.on(left) });
    day.do({ type: 'CancelVisit', ...day.on(day.issue()) });
    const [kept, other] = [day.issue(), day.issue('personal')];
    day.do({ type: 'MergeVisits', ...day.on(kept), otherId: other.id, otherVersion: other.version });
    day.minutes(31);
    day.do({ type: 'CloseDay', endRemaining: true });
    expect([...met].sort()).toEqual([...visitStatuses].sort());
    expect(day.state.counts).toEqual({
      issued: 6,
      served: 1,
      left: 1,
      cancelled: 1,
      absent: 1,
      closed: 1,
      merged: 1,
    });
  });
});

describe('[V-15] Two visits of one person', () => {
  it.each([
    [0, 2],
    [2, 0],
  ] as Tier[][])('of tiers %i and %i become one of tier 2', (one = 0, other = 0) => {
    const day = morning('w1');
    const [kept, gone] = [day.issue('cash', one), day.issue('personal', other)];
    day.do({ type: 'MergeVisits', ...day.on(kept), otherId: gone.id, otherVersion: gone.version });
    expect(day.visit(kept.id).tier).toBe(2);
  });

  it('are not merged while one has a love window', () => {
    const day = morning('w1', 'w2', 'w4');
    const [kept, elder] = [day.issue(), day.issue()];
    day.flag(elder).confirm(elder);
    const merge = { type: 'MergeVisits', ...day.on(kept), otherId: elder.id } as const;
    expect(day.refusal({ ...merge, otherVersion: elder.version })).toBe('cannot-merge');
  });
});

/** Whatever else speaks of a visit says the same as its own state. */
function expectOneStateEach(state: LobbyState): void {
  const ended = Object.fromEntries(Object.keys(state.counts).map((how) => [how, 0]));
  for (const { id, stage } of Object.values(state.visits)) {
    const at = Object.values(state.counters).filter(({ visitId }) => visitId === id);
    const holding = Object.values(state.counters).filter(
      ({ hold }) => hold && state.episodes[hold.episodeId]?.visitId === id,
    );
    const here = stage.status === 'called' || stage.status === 'serving';
    expect(at.map((counter) => counter.id)).toEqual(here ? [stage.counterId] : []);
    if (!here)
      expect(holding.map((counter) => counter.id)).toEqual(
        stage.status === 'reserved' ? [stage.counterId] : [],
      );
    expect(Object.hasOwn(state.present, id)).toBe(stage.status !== 'ended');
    ended.issued = (ended.issued ?? 0) + 1;
    if (stage.status === 'ended') ended[stage.how] = (ended[stage.how] ?? 0) + 1;
  }
  expect(state.counts).toEqual(ended);
}

type OnVisit = Extract<Command, { visitId: string; version: number }>;
/** Every command on a visit, with what it says besides. */
const commandsOnVisits: {
  [T in OnVisit['type']]: Omit<Extract<OnVisit, { type: T }>, 'visitId' | 'version'>;
} = {
  CancelVisit: { type: 'CancelVisit' },
  LeaveVisit: { type: 'LeaveVisit' },
  ReturnVisit: { type: 'ReturnVisit' },
  AddService: { type: 'AddService', serviceId: 'personal' },
  MoveVisit: { type: 'MoveVisit', placement: 'front', reason: 'other' },
  MergeVisits: { type: 'MergeVisits', otherId: 'v', otherVersion: 1 },
  CallSpecialist: { type: 'CallSpecialist', capability: 'signLanguage' },
  CallVisit: { type: 'CallVisit', reason: 'other' },
  Recall: { type: 'Recall' },
  StartService: { type: 'StartService' },
  FinishService: { type: 'FinishService' },
  MarkNoShow: { type: 'MarkNoShow' },
  ParkVisit: { type: 'ParkVisit' },
  ResumeParked: { type: 'ResumeParked' },
  TransferVisit: { type: 'TransferVisit', serviceId: 'personal', placement: 'place' },
  MarkLongService: { type: 'MarkLongService', minutes: 10 },
  FlagPriority: { type: 'FlagPriority', needs: [], consent: true },
  AmendNeeds: { type: 'AmendNeeds', needs: [], consent: true },
  DeclinePriority: { type: 'DeclinePriority' },
  ConfirmLoveWindow: { type: 'ConfirmLoveWindow' },
  MarkHereAgain: { type: 'MarkHereAgain' },
  RevealNeeds: { type: 'RevealNeeds' },
};

describe('[V-9] A command on a visit', () => {
  it.each(Object.values(commandsOnVisits))(
    'that was seen before its latest change: $type is stale',
    (more) => {
      const day = morning('w1', 'w2');
      const visit = day.issue();
      const seen = day.on(visit);
      if (more.type === 'CallVisit')
        day.do({ type: 'MoveVisit', ...seen, placement: 'end', reason: 'other' });
      else day.callNext('w1');
      expect(day.refusal({ ...more, ...seen }, tellerAt('w1'))).toBe('stale');
      expect(day.refusal({ ...more, ...day.on(visit) }, tellerAt('w1'))).not.toBe('stale');
    },
  );

  it('names both versions where two visits become one', () => {
    const day = morning('w1');
    const [kept, other] = [day.issue(), day.issue()];
    const seen = { otherId: other.id, otherVersion: other.version };
    day.do({ type: 'AddService', ...day.on(other), serviceId: 'personal' });
    expect(day.refusal({ type: 'MergeVisits', ...day.on(kept), ...seen })).toBe('stale');
  });
});

describe('[V-6] Support needs', () => {
  /** Who can cover each binding need: only the low counter w4 and a teller with the skill. */
  const covered: Record<BindingNeed, string> = {
    lowCounter: 'w4',
    wheelchair: 'w4',
    signLanguage: 'w4',
    foreignLanguage: 'w3',
  };
  const staffed = (): LobbyDay => {
    const day = morning('w1', 'w4');
    day.do({ type: 'SignOn', counterId: 'w3' }, actorOf('teller', 't3', ['foreignLanguage']));
    return day;
  };

  it.each(bindingNeeds)('%s binds: only a counter that covers it may call', (need) => {
    const day = staffed();
    const visit = day.issue();
    flag(day, visit, [need]);
    for (const counterId of ['w1', 'w3', 'w4'].filter((id) => id !== covered[need])) {
      expect(day.refusal({ type: 'CallNext' }, tellerAt(counterId))).toBe('nobody-to-call');
      expect(day.refusal({ type: 'CallVisit', ...day.on(visit), reason: 'other' }, tellerAt(counterId))).toBe(
        'not-capable',
      );
    }
    expect(day.callNext(covered[need])).toBe(visit.id);
  });

  it('of care, all of them together, limit no choice', () => {
    const day = morning('w1');
    const visit = day.issue();
    flag(day, visit, [...careNeeds]);
    expect(day.callNext('w1')).toBe(visit.id);
  });

  it('are not what gives priority: a flag without any does', () => {
    const day = morning('w1');
    day.issue();
    day.minutes(2);
    const [, flagged] = [day.issue(), day.issue()];
    day.minutes(1);
    flag(day, flagged, []);
    expect(day.callNext('w1')).toBe(flagged.id);
  });
});

describe('[C-6] A counter can do', () => {
  const mayCall = (day: LobbyDay, visit: Visit, staffId: string): boolean =>
    day.refusal({ type: 'CallVisit', ...day.on(visit), reason: 'other' }, actorOf('teller', staffId)) !==
    'not-capable';

  it('what its equipment allows, whatever services it is set to', () => {
    const day = morning('w1', 'w6');
    for (const counterId of ['w1', 'w6'])
      day.do({ type: 'SetCounterServices', counterId, serviceIds: ['corporate'] });
    const visit = day.issue('corporate');
    expect(mayCall(day, visit, 't1')).toBe(false);
    expect(mayCall(day, visit, 't6')).toBe(true);
  });

  it('what its present teller can, and no longer when another takes over', () => {
    const day = morning('w2');
    const [first, second] = [day.issue(), day.issue()];
    for (const visit of [first, second]) flag(day, visit, ['foreignLanguage']);
    day.do({ type: 'SignOn', counterId: 'w1' }, actorOf('teller', 'speaks', ['foreignLanguage']));
    expect(mayCall(day, first, 't2')).toBe(false);
    expect(mayCall(day, first, 'speaks')).toBe(true);
    day.do({ type: 'LeaveVisit', ...day.on(first) });
    day.do({ type: 'SignOn', counterId: 'w1', takeOver: true }, actorOf('teller', 'other'));
    expect(mayCall(day, second, 'other')).toBe(false);
  });
});
