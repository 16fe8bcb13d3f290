import { UniversalProvider } from '@walletconnect/universal-provider';
import type { WalletConnectSettings } from '../network-file.js';
import { changeWallet } from '../wallet-state.js';
import { pairingCode } from './pairing-code.js';

const METHODS = [
  ...['eth_sendTransaction', 'personal_sign', 'eth_signTypedData_v4'],
  ...['wallet_switchEthereumChain', 'wallet_addEthereumChain'],
];
const EVENTS = ['accountsChanged', 'chainChanged'];
const RELAY_DEADLINE_MS = 20_000;

/** The relay did not answer in time, or refused the project; no wallet was asked. */
export class RelayAway extends Error {
  override readonly name = 'RelayAway';
}

/** What the connector needs of the library. */
export type PhoneProvider = Awaited<ReturnType<typeof openPhoneProvider>>;

/** Starts the library with the operator's project. */
export async function openPhoneProvider({ projectId, relayUrl }: WalletConnectSettings) {
  const provider = await UniversalProvider.init({
    ...{ projectId, relayUrl, logger: 'silent', telemetryEnabled: false, disableProviderPing: true },
    metadata: {
      name: 'Tallyhouse',
      description: document.title,
      url: window.location.origin,
      icons: [`${window.location.origin}/favicon.svg`],
    },
  });
  const accounts = (): string[] =>
    (provider.session?.namespaces['eip155']?.accounts ?? []).map((account) => account.split(':').at(-1)!);
  return {
    request: (asked: { method: string; params?: unknown[] }) => provider.request(asked),
    on: provider.on.bind(provider),
    removeListener: provider.removeListener.bind(provider),
    accounts,
    onLeave: (left: () => void) => provider.once('session_delete', left),
    /** Shows a code for the phone and waits until its holder answers; an earlier session is taken up. */
    async connect(chainId: number, rpcUrl: string): Promise<string[]> {
      if (!provider.session) await pair(provider, chainId, rpcUrl);
      provider.setDefaultChain(`eip155:${chainId}`, rpcUrl);
      return accounts();
    },
    async leave(): Promise<void> {
      if (provider.session) await provider.disconnect();
    },
  };
}

type Library = Awaited<ReturnType<typeof UniversalProvider.init>>;

async function pair(provider: Library, chainId: number, rpcUrl: string): Promise<void> {
  const chain = `eip155:${chainId}`;
  let shown = false;
  let isOver = false;
  provider.once('display_uri', (uri: string) => {
    if (isOver) return;
    shown = true;
    changeWallet({ pairing: { uri, ...pairingCode(uri) } });
  });
  const answered = provider.connect({
    optionalNamespaces: {
      eip155: { methods: METHODS, chains: [chain], events: EVENTS, rpcMap: { [String(chainId)]: rpcUrl } },
    },
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      if (!shown) reject(new RelayAway('the relay does not answer'));
    }, RELAY_DEADLINE_MS);
  });
  try {
    await Promise.race([answered, late]);
  } finally {
    isOver = true;
    answered.catch(() => undefined);
    changeWallet({ pairing: null });
  }
}
