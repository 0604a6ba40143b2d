import { onScopeDispose, shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { Audience, ViewOf } from '../../src/protocol/views.js';
import { createLink } from './link.js';
import type { Link, Phase, Refusal } from './link.js';
import { hideToken, readToken, reloadOnNewToken } from './token.js';

export interface UsedLink<A extends Audience> extends Pick<Link, 'send' | 'branchNow' | 'refresh'> {
  view: ShallowRef<ViewOf[A] | undefined>;
  phase: ShallowRef<Phase>;
  age: ShallowRef<number>;
  now: ShallowRef<number>;
  refusal: ShallowRef<Refusal | undefined>;
}

export interface UseLinkOptions {
  /** Staff page: the session cookie speaks, no token is read. */
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
  const token = options.signedIn === true ? undefined : readToken(audience);
  if (token !== undefined) reloadOnNewToken();

  const link = createLink<A>({
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
  onScopeDispose(link.close);
  return {
    view,
    phase,
    age,
    now,
    refusal,
    send: link.send,
    branchNow: link.branchNow,
    refresh: link.refresh,
  };
}
