import { createConnector } from 'wagmi';
import { getAddress, numberToHex } from 'viem';
import type { Address } from 'viem';
import type { WalletConnectSettings } from '../network-file.js';
import type { PhoneProvider } from './phone-provider.js';

/** Where the library keeps its sessions; only a browser that has one loads it before it is asked for. */
const KEPT = /^wc@2:client:.*session$/;
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
    const left = () => emitter.emit('disconnect');
    return {
      id: 'walletConnect',
      name: 'Wallet of a phone (WalletConnect)',
      type: 'walletConnect',
      async connect({ chainId }: { chainId?: number } = {}) {
        const phone = await load();
        const chain = chainOf(chainId);
        const accounts = (await phone.connect(chain.id, chain.rpcUrls.default.http[0]!)).map(getAddress);
        phone.onLeave(left);
        // The type asks for two forms by a flag that we never set.
        return { accounts: accounts as never, chainId: chain.id };
      },
      async disconnect() {
        if (provider) await (await provider).leave();
      },
      async getAccounts(): Promise<readonly Address[]> {
        return provider ? (await provider).accounts().map(getAddress) : [];
      },
      getChainId: () => Promise.resolve(chains[0].id),
      getProvider: async () => ((provider ?? wasPaired()) ? load() : undefined),
      async isAuthorized() {
        return wasPaired() && (await load()).accounts().length > 0;
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
    return Object.keys(window.localStorage).some((key) => KEPT.test(key));
  } catch {
    return false;
  }
}
