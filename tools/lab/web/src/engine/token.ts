/** What of a window is needed to find the token; tests bring their own. */
export interface Places {
  location: { hash: string; pathname: string; search: string };
  history: { replaceState(data: unknown, unused: string, address: string): void };
  storage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
}

const key = 'entente-token';

/**
 * The token of the address that `entente lab` printed, or of this tab's visit before. It leaves the
 * address, so that a copied address does not hand it on; the tab keeps it over a reload.
 *
 * @return empty: none
 */
export function takeToken({ location, history, storage }: Places): string {
  const parameters = new URLSearchParams(location.hash.replace(/^#/, ''));
  const token = parameters.get('token');
  try {
    if (token === null) return storage.getItem(key) ?? '';
    storage.setItem(key, token);
  } catch {
    // A browser that keeps nothing: the token holds until the page is left.
    if (token === null) return '';
  }
  parameters.delete('token');
  const rest = parameters.toString();
  const address = location.pathname + location.search + (rest === '' ? '' : `#${rest}`);
  history.replaceState(null, '', address);
  return token;
}
