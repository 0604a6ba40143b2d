import { randomBytes } from 'node:crypto';
import type { PatchFrame, ViewFrame } from '../protocol/live.js';
import { diff } from '../protocol/patch.js';
import type { Audience } from '../protocol/views.js';

/** Changes kept for screens that come back, and the most of their text: whoever missed more is sooner told the view. */
export const PATCHES_KEPT = 200;
export const TEXT_KEPT = 16_384;

/**
 * One view that any number of screens watch: its present content, its own version counter, and the latest
 * changes. The version counts changes of this view and nothing else, never the log's seq [L14].
 */
export class Channel {
  #epoch = '';
  #version = 0;
  #view: unknown;
  /** Frames as text, oldest first: as objects they would hold ten times the memory, and parts of every view before. */
  #ring: string[] = [];
  #text = 0;
  #source = '';

  constructor(readonly audience: Audience) {}

  /** False until a view has been taken. */
  get filled(): boolean {
    return this.#epoch !== '';
  }

  /**
   * Takes the view as it is now. `source` names the log that it comes from: when that is another one (a restored
   * backup), nothing that screens remember fits any more.
   * @returns the change as a frame, 'reset' when screens need the whole view, undefined when nothing changed
   */
  advance(view: unknown, source: string): PatchFrame | 'reset' | undefined {
    if (this.#source !== source) {
      this.#source = source;
      this.#epoch = randomBytes(8).toString('hex');
      this.#version = 1;
      this.#view = view;
      this.#ring = [];
      this.#text = 0;
      return 'reset';
    }
    const patch = diff(this.#view, view);
    if (patch === undefined) return undefined;
    this.#view = view;
    this.#version += 1;
    const frame = { version: this.#version, patch };
    this.#keep(JSON.stringify(frame));
    return frame;
  }

  /** What a screen that saw `seen` has missed, oldest first; undefined when that is no longer known. */
  missed(seen: { epoch: string; version: number } | undefined): PatchFrame[] | undefined {
    if (seen?.epoch !== this.#epoch || seen.version > this.#version) return undefined;
    const count = this.#version - seen.version;
    if (count > this.#ring.length) return undefined;
    return this.#ring.slice(this.#ring.length - count).map((text) => JSON.parse(text) as PatchFrame);
  }

  /** @param at branch time, UTC ms */
  whole(at: number): ViewFrame {
    return { epoch: this.#epoch, version: this.#version, at, audience: this.audience, view: this.#view };
  }

  #keep(text: string): void {
    this.#ring.push(text);
    this.#text += text.length;
    while (this.#ring.length > PATCHES_KEPT || this.#text > TEXT_KEPT)
      this.#text -= this.#ring.shift()?.length ?? 0;
  }
}
