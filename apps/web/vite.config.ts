import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** During development the api, or the fixture server of test/web, answers on TALLYHOUSE_API. */
const api = process.env.TALLYHOUSE_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: {
      '@tallyhouse/chain/generated': `${repository}libs/chain/src/generated`,
      '@tallyhouse/epcis': `${repository}libs/epcis/src/index.ts`,
      '@tallyhouse/proofs': `${repository}libs/proofs/src/index.ts`,
    },
  },
  build: {
    outDir: `${repository}dist/web`,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: true,
  },
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/network.json': api,
      '/artifacts': api,
      '/tables': api,
    },
  },
});
