import { h } from './dom';

/** Hands a file to the user. */
export function download(name: string, content: Blob | string, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = h('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name that any file system takes. */
export function fileName(...parts: string[]): string {
  const name = parts.join('-').toLowerCase();
  return name.replace(/[^a-z0-9.]+/g, '-').replace(/^-+|-+$/g, '');
}
