import { createConnector } from 'wagmi';
import { getAddress, numberToHex } from 'viem';
import type { Address } from 'viem';
import type { WalletConnectSettings } from '../network-file.js';
import type { PhoneProvider } from './phone-provider.js';

/** Set while a phone is paired: only such a browser loads the library before it is asked for. Its own store cannot be asked without it. */
const PAIRED = 'tallyhouse.phone';
const SWITCH_REFUSED = 4902;

/**
 * Wallets of phones, by WalletConnect. The library, with what draws the code, is loaded when somebody chooses this, or came back with
 * a session.
 */
export function phoneConnector(settings: WalletConnectSettings) {
  let provider: Promise<PhoneProvider> | undefined;
  return createConnector<PhoneProvider | undefined>(({ chains, emitter }) => {
    const load = (): Promise<PhoneProvider> => {
      provider ??= import('./phone-provider.js')
        .then(({ openPhoneProvider }) => openPhoneProvider(settings))
        .catch((error: unknown) => {
          provider = undefined;
          throw error;
        });
      return provider;
    };
    const chainOf = (chainId?: number) => chains.find(({ id }) => id === chainId) ?? chains[0];
    const left = () => {
      notePaired(false);
      emitter.emit('disconnect');
    };
    return {
      id: 'walletConnect',
      name: 'Wallet of a phone (WalletConnect)',
      type: 'walletConnect',
      async connect({ chainId }: { chainId?: number } = {}) {
        const phone = await load();
        const chain = chainOf(chainId);
        const accounts = (await phone.connect(chain.id, chain.rpcUrls.default.http[0]!)).map(getAddress);
        phone.onLeave(left);
        notePaired(true);
        // The type asks for two forms by a flag that we never set.
        return { accounts: accounts as never, chainId: chain.id };
      },
      async disconnect() {
        notePaired(false);
        if (provider) await (await provider).leave();
      },
      async getAccounts(): Promise<readonly Address[]> {
        return provider ? (await provider).accounts().map(getAddress) : [];
      },
      getChainId: () => Promise.resolve(chains[0].id),
      getProvider: async () => ((provider ?? wasPaired()) ? load() : undefined),
      async isAuthorized() {
        if (!wasPaired()) return false;
        const isPaired = (await load()).accounts().length > 0;
        // A session that ended while no page was open: the library is not loaded for it again.
        if (!isPaired) notePaired(false);
        return isPaired;
      },
      async switchChain({ chainId }: { chainId: number }) {
        const chain = chains.find(({ id }) => id === chainId);
        if (!chain)
          throw Object.assign(new Error(`unknown chain ${numberToHex(chainId)}`), { code: SWITCH_REFUSED });
        return Promise.resolve(chain);
      },
      onAccountsChanged: () => undefined,
      onChainChanged: () => undefined,
      onDisconnect: left,
    };
  });
}

function wasPaired(): boolean {
  try {
    return window.localStorage.getItem(PAIRED) !== null;
  } catch {
    return false;
  }
}

/** A browser that keeps nothing pairs anew after each load of the page. */
function notePaired(paired: boolean): void {
  try {
    if (paired) window.localStorage.setItem(PAIRED, 'yes');
    else window.localStorage.removeItem(PAIRED);
  } catch {
    return;
  }
}
