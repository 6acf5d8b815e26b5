import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { lessons } from './build/lessons';
import { contentSecurityPolicy } from './build/policy';
import { shapes } from './build/shapes';

// One HTML file: a report has to open from a disk, where browsers refuse further files.
export default defineConfig({
  plugins: [
    lessons(),
    shapes(),
    viteSingleFile({ removeViteModuleLoader: true }),
    contentSecurityPolicy(),
  ],
  build: { target: 'es2022', assetsInlineLimit: 1 << 24, modulePreload: false },
  test: { include: ['test/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
