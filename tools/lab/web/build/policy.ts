import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const inlineScript = /<script type="module"[^>]*>([\s\S]*?)<\/script>/g;

/**
 * Writes what the page may do into the page itself, so that it holds for both carriers: run its own
 * script, known by its hash, and talk to where it came from; nothing else. A report forbids the
 * latter, too (tools/lab/page).
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const asset of Object.values(bundle)) {
          if (asset.type !== 'asset' || !asset.fileName.endsWith('.html')) continue;
          const html = String(asset.source);
          const hashes = [...html.matchAll(inlineScript)].map(
            ([, code]) => `'sha256-${createHash('sha256').update(code ?? '').digest('base64')}'`,
          );
          const policy = [
            "default-src 'none'",
            `script-src ${hashes.join(' ')}`,
            "style-src 'unsafe-inline'",
            'img-src data:',
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
          ].join('; ');
          asset.source = html.replace(
            '<meta name="policy" />',
            () => `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
          );
        }
      },
    },
  };
}
