import { Channel, PATCHES_KEPT, TEXT_KEPT } from '../../../src/gateway/channel.js';
import { merge } from '../../../src/protocol/patch.js';

/** A channel of which a screen has seen the first view, and its `count` changes, each of so many characters. */
function changed(count: number, characters: number) {
  const channel = new Channel('board');
  const text = (i: number): string => String(i).padEnd(characters, '-');
  channel.advance({ text: '' }, 'log');
  const { epoch, version, view } = channel.whole(0);
  for (let i = 0; i < count; i += 1) channel.advance({ text: text(i) }, 'log');
  return { channel, seen: { epoch, version }, first: view, latest: { text: text(count - 1) } };
}

describe('[S-4] what a channel keeps for screens that come back', () => {
  it('leads from what they saw to the present view', () => {
    const { channel, seen, first, latest } = changed(PATCHES_KEPT, 20);
    const missed = channel.missed(seen) ?? [];
    expect(missed).toHaveLength(PATCHES_KEPT);
    expect(missed.reduce((view, { patch }) => merge(view, patch), first)).toEqual(latest);
  });

  it('is no more than so many changes, however small', () => {
    const { channel, seen } = changed(PATCHES_KEPT + 1, 20);
    expect(channel.missed(seen)).toBeUndefined();
    expect(channel.missed({ ...seen, version: seen.version + 1 })).toHaveLength(PATCHES_KEPT);
  });

  it('is no more than so much text, however few the changes: a server holds it for each view', () => {
    const quarter = TEXT_KEPT / 4;
    const { channel, seen } = changed(10, quarter);
    expect(channel.missed({ ...seen, version: seen.version + 6 })).toBeUndefined();
    expect(channel.missed({ ...seen, version: seen.version + 7 })).toHaveLength(3);
    const large = changed(1, 2 * TEXT_KEPT);
    expect(large.channel.missed(large.seen)).toBeUndefined();
    expect(large.channel.whole(0).view).toEqual(large.latest);
  });
});
