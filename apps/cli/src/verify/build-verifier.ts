import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT_DIR = resolve('dist/verifier');

/** Run by `npm run build:verifier`: puts the compiled verifier and all it needs into one file. */
await build({
  configFile: false,
  logLevel: 'warn',
  root: HERE,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(HERE, 'standalone.js'),
    target: 'node20',
    outDir: OUT_DIR,
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      external: builtinModules.map((name) => `node:${name}`),
      output: {
        format: 'es',
        entryFileNames: 'tallyhouse-verify.mjs',
        codeSplitting: false,
        banner: '#!/usr/bin/env node',
      },
    },
  },
});
