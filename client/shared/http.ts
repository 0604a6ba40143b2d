/**
 * JSON to and from our own server. The header marks the request as made by our page, not by a form on
 * somebody else's: the server refuses a body without it. `token` speaks instead of the session's
 * cookie: a demo page has one in its address.
 */
export async function getJson<T>(path: string, token?: string): Promise<T | undefined> {
  return answerOf<T>(fetch(path, { headers: { Accept: 'application/json', ...speaker(token) } }));
}

export async function postJson<T>(path: string, body: unknown, token?: string): Promise<T | undefined> {
  const headers = { 'Content-Type': 'application/json', 'X-Love-Window': '1', ...speaker(token) };
  return answerOf<T>(fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

const speaker = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { Authorization: `Bearer ${token}` };

/** Undefined when the server can't be reached, refuses, or answers with something that is not JSON. */
async function answerOf<T>(request: Promise<Response>): Promise<T | undefined> {
  try {
    const response = await request;
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}
