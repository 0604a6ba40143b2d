/** Plays clips one after the other through Web Audio; framework-free. */
import { CLIP_LISTS } from '../../../src/protocol/spoken.js';
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
  /** The lists of the clips it may play; a later one's words take an earlier one's place. */
  lists?: readonly string[];
  /**
   * Decode every clip at the start, as a board does that speaks all day. Otherwise a clip is asked for when it is
   * first said and kept as it came: decoded sentences would fill the memory.
   */
  ahead?: boolean;
}

export function createPlayer({ onChange, lists = CLIP_LISTS.board, ahead = true }: Options) {
  const context = 'AudioContext' in window ? new AudioContext() : undefined;
  const volume = context?.createGain();
  if (context && volume) volume.connect(context.destination);
  const buffers = new Map<string, AudioBuffer>();
  const files = new Map<string, ArrayBuffer>();
  let clips: Clip[] = [];
  let loaded: boolean | 'failed' = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => undefined;
  let turn = 0;
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

  const decodeAll = async (audio: AudioContext, names: Iterable<string>): Promise<void> => {
    const left = [...new Set(names)].filter((name) => !buffers.has(name));
    const takeOne = async (): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const file = files.get(name) ?? (await (await get(`${name}.opus`))?.arrayBuffer());
        if (!file) continue;
        // Decoding takes the bytes away.
        if (!ahead) files.set(name, file.slice(0));
        // A file that is missing or no sound leaves a gap in the vocabulary; the others are spoken all the same.
        const buffer = await audio.decodeAudioData(file).catch(() => undefined);
        if (buffer) buffers.set(name, buffer);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, takeOne));
  };

  const load = async (audio: AudioContext): Promise<void> => {
    const known: Clip[] = [];
    for (const file of lists) known.push(...(await list(file)));
    if (ahead)
      await decodeAll(
        audio,
        known.map(({ name }) => name),
      );
    clips = ahead ? known.filter(({ name }) => buffers.has(name)) : known;
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
          source.onended = null;
          source.stop();
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

  /** Takes the clips of one sequence and lets go those of the last; false if one of them can't be had. */
  const take = async (parts: readonly Part[]): Promise<boolean> => {
    const names = parts.filter((part) => typeof part === 'string');
    for (const name of buffers.keys()) if (!names.includes(name)) buffers.delete(name);
    if (context) await decodeAll(context, names);
    return names.every((name) => buffers.has(name));
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
      const mine = turn;
      const heard = last
        .then(() => ahead || (mine === turn && take(parts)))
        .then((had) => had && mine === turn && start(parts))
        // The server is away, and a clip was not here yet.
        .catch(() => false);
      last = heard;
      return heard;
    },
    /** Ends what is heard at once, and what was asked for after it. */
    silence(): void {
      turn += 1;
      stop();
    },
    close(): void {
      clearTimeout(retry);
      stop();
      context?.removeEventListener('statechange', changed);
      context?.close().catch(() => undefined);
    },
  };
}
