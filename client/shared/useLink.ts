import { onScopeDispose, shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { Audience, ViewOf } from '../../src/protocol/views.js';
import { createLink } from './link.js';
import type { Link, Phase, Refusal } from './link.js';
import { hideToken, readToken, reloadOnNewToken, staffToken } from './token.js';

export interface UsedLink<A extends Audience> extends Pick<Link, 'send' | 'branchNow' | 'refresh'> {
  view: ShallowRef<ViewOf[A] | undefined>;
  phase: ShallowRef<Phase>;
  age: ShallowRef<number>;
  now: ShallowRef<number>;
  refusal: ShallowRef<Refusal | undefined>;
}

export interface UseLinkOptions {
  /** Staff page: the session's cookie speaks; a token in the address counts in a demo only. */
  signedIn?: boolean;
  /** Keep the last view over a reload (public screens); see keptView.ts. */
  keep?: boolean;
}

/** The live link of this page (see link.ts), open until the component goes. */
export function useLink<A extends Audience>(audience: A, options: UseLinkOptions = {}): UsedLink<A> {
  const view = shallowRef<ViewOf[A]>();
  const phase = shallowRef<Phase>('connecting');
  const age = shallowRef(0);
  const now = shallowRef(0);
  const refusal = shallowRef<Refusal>();
  let link: Link | undefined;
  let gone = false;

  const begin = (token: string | undefined): void => {
    if (gone) return;
    if (token !== undefined || options.signedIn === true) reloadOnNewToken();
    link = createLink<A>({
      audience,
      token,
      keep: options.keep ?? false,
      onChange: (state) => {
        view.value = state.view;
        phase.value = state.phase;
        age.value = state.age;
        now.value = Math.floor(state.now / 1000) * 1000;
        refusal.value = state.refusal;
        if (state.phase === 'live' && state.view?.demo !== true) hideToken();
      },
    });
  };
  if (options.signedIn === true) void staffToken().then(begin);
  else begin(readToken(audience));
  onScopeDispose(() => {
    gone = true;
    link?.close();
  });
  return {
    view,
    phase,
    age,
    now,
    refusal,
    send: (command) =>
      link?.send(command) ?? Promise.resolve({ ok: false, code: 'not-connected', params: {} }),
    branchNow: () => link?.branchNow() ?? Date.now(),
    refresh: () => link?.refresh(),
  };
}
