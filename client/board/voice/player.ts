/** Plays clips one after the other through Web Audio; framework-free. */
import type { Clip, Part } from '../../../src/protocol/spoken.js';

/** held: the browser wants a tap or a key first. silent: it has no Web Audio, or the clips can't be had. */
export type Sound = 'loading' | 'held' | 'on' | 'silent';

const FOLDER = '/voice/';
const RETRY_MS = 30_000;
const AT_ONCE = 6;
/** From asking to sounding: a slow box needs a moment to take the clips. */
const LEAD_S = 0.08;
/** Longer than this over its time, a sequence whose end is never told is given up. */
const LOST_MS = 3_000;

interface Options {
  /** The sound's state or the clips changed. */
  onChange: () => void;
}

export function createPlayer({ onChange }: Options) {
  const context = 'AudioContext' in window ? new AudioContext() : undefined;
  const volume = context?.createGain();
  if (context && volume) volume.connect(context.destination);
  const buffers = new Map<string, AudioBuffer>();
  let clips: Clip[] = [];
  let loaded: boolean | 'failed' = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => undefined;
  /** The sequence that is heard, and those asked for after it. */
  let last: Promise<unknown> = Promise.resolve();

  /** A file's content; undefined where there is none. Rejects where the server can't be asked. */
  const get = async (file: string): Promise<Response | undefined> => {
    const answer = await fetch(FOLDER + file);
    if (answer.status >= 500) throw new Error(`${file}: ${String(answer.status)}`);
    return answer.ok ? answer : undefined;
  };
  const list = async (file: string): Promise<Clip[]> => {
    const answer = await get(file);
    return answer ? ((await answer.json()) as { clips: Clip[] }).clips : [];
  };

  const load = async (audio: AudioContext): Promise<void> => {
    const known = [...(await list('clips.json')), ...(await list('own.json'))];
    const left = [...new Set(known.map(({ name }) => name))].filter((name) => !buffers.has(name));
    const takeOne = async (): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const answer = await get(`${name}.opus`);
        // A file that is missing or no sound leaves a gap in the vocabulary; the others are spoken all the same.
        const buffer =
          answer && (await audio.decodeAudioData(await answer.arrayBuffer()).catch(() => undefined));
        if (buffer) buffers.set(name, buffer);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, takeOne));
    clips = known.filter(({ name }) => buffers.has(name));
    loaded = true;
    onChange();
  };
  const tryToLoad = (audio: AudioContext): void => {
    load(audio).catch(() => {
      loaded = 'failed';
      onChange();
      retry = setTimeout(tryToLoad, RETRY_MS, audio);
    });
  };

  const state = (): Sound => {
    if (!context) return 'silent';
    if (context.state !== 'running') return 'held';
    if (loaded === 'failed') return 'silent';
    return loaded ? 'on' : 'loading';
  };

  const changed = (): void => {
    // A sequence that was held back would go on as an old call later.
    if (state() !== 'on') stop();
    onChange();
  };
  if (context) {
    context.addEventListener('statechange', changed);
    tryToLoad(context);
  }

  const start = (parts: readonly Part[]): Promise<boolean> => {
    if (!context || !volume || state() !== 'on') return Promise.resolve(false);
    const sources: AudioBufferSourceNode[] = [];
    let at = context.currentTime + LEAD_S;
    for (const part of parts) {
      if (typeof part === 'number') {
        at += part / 1000;
        continue;
      }
      const buffer = buffers.get(part);
      if (!buffer) continue;
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(volume);
      source.start(at);
      at += buffer.duration;
      sources.push(source);
    }
    const final = sources[sources.length - 1];
    if (!final) return Promise.resolve(false);
    const length = (at - context.currentTime) * 1000;
    return new Promise((resolve) => {
      const end = (heard: boolean): void => {
        clearTimeout(lost);
        stop = () => undefined;
        sources.forEach((source) => {
          source.disconnect();
        });
        resolve(heard);
      };
      const lost = setTimeout(end, length + LOST_MS, false);
      final.onended = () => {
        end(true);
      };
      stop = () => {
        end(false);
      };
    });
  };

  return {
    state,
    /** The clips that can be played. */
    clips: (): readonly Clip[] => clips,
    /** From 0 to 1; squared, because ears count in steps of loudness. */
    setVolume(level: number): void {
      if (volume) volume.gain.value = level * level;
    },
    /** In answer to a tap or a key. */
    wake(): void {
      if (context && context.state !== 'running') context.resume().catch(() => undefined);
    },
    /** Resolves when the last clip has been heard; false if it was not. Never two sequences at once. */
    play(parts: readonly Part[]): Promise<boolean> {
      const heard = last.then(() => start(parts));
      last = heard;
      return heard;
    },
    close(): void {
      clearTimeout(retry);
      stop();
      context?.removeEventListener('statechange', changed);
      context?.close().catch(() => undefined);
    },
  };
}
