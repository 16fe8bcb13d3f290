import { changeWallet } from './wallet-state.js';

type Engine = typeof import('./wallet-engine.js');

let engine: Promise<Engine> | undefined;

/** Loads the wallet code once; a failed load may be tried again. */
export async function walletEngine(): Promise<Engine> {
  engine ??= (async () => {
    changeWallet({ phase: 'loading' });
    const loaded = await import('./wallet-engine.js');
    await loaded.start();
    changeWallet({ phase: 'ready' });
    return loaded;
  })().catch((error: unknown) => {
    engine = undefined;
    changeWallet({ phase: 'closed' });
    throw error;
  });
  return engine;
}
