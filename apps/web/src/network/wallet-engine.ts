import { createConfig, http } from 'wagmi';
import type { Config, Connector } from 'wagmi';
import { connect, disconnect, reconnect, switchChain, watchConnection, watchConnectors } from 'wagmi/actions';
import { injected } from 'wagmi/connectors/injected';
import { defineChain } from 'viem';
import { phoneConnector } from './phone/phone-connector.js';
import { readNetwork } from './network-file.js';
import type { Network } from './network-file.js';
import { changeWallet, wasConnected } from './wallet-state.js';

const WAIT_FOR_WALLETS_MS = 300;

interface Started {
  config: Config;
  network: Network;
}

let started: Started | undefined;

/** Reads /network.json, listens for wallets that announce themselves (EIP-6963), takes up an earlier connection. */
export async function start(): Promise<void> {
  if (started) return;
  const network = await readNetwork();
  const chain = defineChain({
    id: network.chainId,
    name: `Tallyhouse ${network.name}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [network.rpcUrl] } },
  });
  const config = createConfig({
    chains: [chain],
    connectors: [injected(), ...(network.walletConnect ? [phoneConnector(network.walletConnect)] : [])],
    transports: { [chain.id]: http(network.rpcUrl) },
    pollingInterval: 1000,
  });
  started = { config, network };
  changeWallet({ network, wallets: wallets(config.connectors) });
  watchConnectors(config, { onChange: (connectors) => changeWallet({ wallets: wallets(connectors) }) });
  watchConnection(config, {
    onChange: ({ address, chainId, isConnected }) =>
      changeWallet(isConnected ? { address, chainId } : { address: null, chainId: null }),
  });
  await Promise.race([wasConnected() ? reconnect(config) : undefined, wait(WAIT_FOR_WALLETS_MS)]);
}

/** The running configuration for chain reads and writes. Throws before `start`. */
export function running(): Started {
  if (!started) throw new Error('The wallet code has not been started.');
  return started;
}

/** Asks the chosen wallet for an account. Throws what the wallet throws; see wallet-words. */
export async function connectWallet(id: string): Promise<void> {
  const { config } = running();
  const connector = config.connectors.find((one) => one.uid === id);
  if (!connector) throw Object.assign(new Error('Provider not found.'), { name: 'ProviderNotFoundError' });
  changeWallet({ phase: 'connecting' });
  try {
    await connect(config, { connector });
  } finally {
    changeWallet({ phase: 'ready' });
  }
}

export async function disconnectWallet(): Promise<void> {
  await disconnect(running().config);
}

/** Moves the wallet to this network; a wallet that does not know it is asked to add it. */
export async function switchNetwork(): Promise<void> {
  const { config, network } = running();
  await switchChain(config, { chainId: network.chainId });
}

/**
 * Announced wallets by name; the plain injected one only where nothing announced itself and a provider is there. Those of
 * phones come last.
 */
function wallets(connectors: readonly Connector[]): { id: string; name: string }[] {
  const phones = connectors.filter((one) => one.id === 'walletConnect');
  const announced = connectors.filter((one) => one.id !== 'injected' && one.id !== 'walletConnect');
  const plain = 'ethereum' in window ? connectors.filter((one) => one.id === 'injected') : [];
  return [...(announced.length > 0 ? announced : plain), ...phones].map((one) => ({
    id: one.uid,
    name: one.id === 'injected' ? 'Browser wallet' : one.name,
  }));
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
