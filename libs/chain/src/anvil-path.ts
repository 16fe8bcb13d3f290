import { createRequire } from 'node:module';
import { NonRetryableUserError } from './chain.errors.js';

/**
 * Finds the anvil program that npm installed for this machine.
 *
 * @returns Its absolute path.
 * @throws NonRetryableUserError `ANVIL_UNAVAILABLE` when npm has none for this platform.
 * @example anvilPath() // '…/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil'
 */
export function anvilPath(platform: string = process.platform, arch: string = process.arch): string {
  const machine = `${platform}-${arch === 'x64' ? 'amd64' : arch}`;
  const file = platform === 'win32' ? 'anvil.exe' : 'anvil';
  const require = createRequire(import.meta.url);
  try {
    const beside = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
    return beside.resolve(`@foundry-rs/anvil-${machine}/bin/${file}`);
  } catch (cause) {
    throw new NonRetryableUserError(
      'ANVIL_UNAVAILABLE',
      `no local chain program for ${machine}`,
      'install the packages again, or give the RPC URL of a chain that runs elsewhere',
      { cause },
    );
  }
}
