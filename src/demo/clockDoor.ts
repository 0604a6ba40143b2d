import type { DemoClock, DemoClockChange } from '../protocol/http.js';

/** The demo's control door: only there in demo mode, only for this machine. Undefined: it did not answer. */
async function change(url: string, wanted: DemoClockChange): Promise<DemoClock | undefined> {
  try {
    const answer = await fetch(`${url}/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
    });
    return answer.ok ? ((await answer.json()) as DemoClock) : undefined;
  } catch {
    return undefined;
  }
}

/** Branch seconds per real second from now on; false when the door did not answer. */
export const setRate = async (url: string, rate: number): Promise<boolean> =>
  (await change(url, { rate })) !== undefined;

/** Puts branch time forward; false when the door did not answer. */
export const stepClock = async (url: string, stepMs: number): Promise<boolean> =>
  (await change(url, { stepMs: Math.round(stepMs) })) !== undefined;
