/**
 * Lets the phone put the page on its home screen as an app [W-70]. Not on Apple's, told by the property that only they
 * have: an app there has a memory of its own and would find no ticket, while the bookmark that is made without a
 * manifest opens in the browser that knows it.
 */
export function offerForHomeScreen(): void {
  if ('standalone' in navigator) return;
  const manifest = document.createElement('link');
  manifest.rel = 'manifest';
  manifest.href = '/home/ticket.webmanifest';
  document.head.append(manifest);
}
