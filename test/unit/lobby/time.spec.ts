import { actorOf, LobbyDay, setupWith, tellerAt } from '../../support/lobby.js';

const MINUTE = 60_000;
const morning = (...counters: string[]): LobbyDay => new LobbyDay().open().signOn(...counters);

/** Called at w1 and marked absent after the second call. */
function absentAtW1(day: LobbyDay): string {
  const { id } = day.issue();
  day.callNext('w1');
  day.seconds(20);
  day.do({ type: 'Recall', ...day.on({ id }) }, tellerAt('w1'));
  day.do({ type: 'MarkNoShow', ...day.on({ id }) }, tellerAt('w1'));
  return id;
}

describe('[V-11] The time to return', () => {
  it.each([
    ['up to 30 minutes', -2, undefined],
    ['not at 30 minutes, though nothing has run since', -1, 'return-too-late'],
  ])('is %s', (_, ms, refusal) => {
    const day = morning('w1');
    const id = absentAtW1(day);
    // the command itself takes the last millisecond
    day.minutes((30 * MINUTE + ms) / MINUTE);
    expect(day.visit(id).stage.status).toBe('absent');
    expect(day.refusal({ type: 'ReturnVisit', ...day.on({ id }) })).toBe(refusal);
  });
});

describe('[T-1] After an outage', () => {
  it('the time to find a customer begins anew', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    day.minutes(2).outage(2).minutes(2.9);
    expect(episode.ended).toBeUndefined();
    day.minutes(0.2);
    expect(episode.ended?.how).toBe('notFound');
  });

  it('so does the time to come when somebody is on the way', () => {
    const day = morning('w1', 'w2', 'w4');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    day.minutes(4).outage(2).minutes(4.9);
    expect(episode.ended).toBeUndefined();
    day.minutes(0.2);
    expect(episode.ended?.how).toBe('notFound');
  });

  it('the alert has its 30 s again', () => {
    const day = morning('w1', 'w4', 'w7');
    const elder = day.issue();
    day.flag(elder, ['lowCounter']);
    const episode = day.confirm(elder);
    const first = episode.counterId;
    day.seconds(20).outage(2).seconds(29);
    expect(episode.counterId).toBe(first);
    day.seconds(2);
    expect(episode.counterId).not.toBe(first);
  });

  it('a recall waits its 20 s again', () => {
    const day = morning('w1');
    const visit = day.issue();
    day.callNext('w1');
    day.outage(2).seconds(19);
    expect(day.refusal({ type: 'Recall', ...day.on(visit) }, tellerAt('w1'))).toBe('recall-too-soon');
    day.seconds(1);
    day.do({ type: 'Recall', ...day.on(visit) }, tellerAt('w1'));
  });

  it('an undo has its 10 s again', () => {
    const day = morning('w1');
    const visit = day.issue();
    day.serveNext('w1');
    day.do({ type: 'FinishService', ...day.on(visit) }, tellerAt('w1'), 'finish');
    day.seconds(9).outage(2).seconds(9);
    day.do({ type: 'Undo', commandId: 'finish' }, tellerAt('w1'));
  });

  it.each([
    ['may still be given', 19, undefined],
    ['is no longer asked', 21, 'no-rating-asked'],
  ])('a rating %s once the pad has shown for %i s', (_, seconds, refusal) => {
    const day = morning('w1');
    day.issue();
    day.serveNext('w1');
    day.finish('w1');
    const ratingId = day.counter('w1').rating?.id ?? '';
    day
      .seconds(9)
      .outage(2)
      .seconds(seconds - 9);
    expect(day.refusal({ type: 'RateService', ratingId, stars: 5 }, actorOf('ratingPad', 'pad'))).toBe(
      refusal,
    );
  });

  it('an absent customer has the time to return that was left', () => {
    const day = morning('w1');
    const id = absentAtW1(day);
    day.minutes(20).outage(60).minutes(9.9);
    expect(day.visit(id).stage.status).toBe('absent');
    day.minutes(0.2);
    expect(day.visit(id).stage).toMatchObject({ status: 'ended', how: 'absent' });
  });
});

describe('[D-2] When the day closes itself', () => {
  it('a service in progress was served, everybody else ends as closed', () => {
    const day = new LobbyDay().open(setupWith()).signOn('w1', 'w2');
    const [served, called, waiting] = [day.issue(), day.issue(), day.issue()];
    day.serveNext('w1');
    day.callNext('w2');
    day.minutes(18 * 60);
    const endings = [served, called, waiting].map(({ id }) => day.visit(id).stage);
    expect(endings).toMatchObject([{ how: 'served' }, { how: 'closed' }, { how: 'closed' }]);
    expect(day.state.counts).toMatchObject({ issued: 3, served: 1, closed: 2 });
  });
});
