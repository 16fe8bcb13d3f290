import type { Hex } from './types.js';

/** Which chain the api serves, as /network.json tells wallets. */
export interface Network {
  name: string;
  chainId: number;
  rpcUrl: string;
  contracts: Record<ContractName, Hex>;
  /** Null where the operator offers no wallets of phones. */
  walletConnect: WalletConnectSettings | null;
}

/** How wallets of phones are reached. */
export interface WalletConnectSettings {
  projectId: string;
  relayUrl: string;
}

export const CONTRACT_NAMES = [
  'TallyToken',
  'TallyGovernor',
  'TimelockController',
  'ModelRegistry',
  'PartnerRegistry',
  'TraceAnchor',
  'ForecastLedger',
  'Custody',
  'RecallNotice',
] as const;
export type ContractName = (typeof CONTRACT_NAMES)[number];

/** Reads the file and says what is missing; an address may stand alone or with the block of its deployment. */
export function parseNetwork(value: unknown): Network {
  const file = record(value, 'network.json');
  const chainId = Number(file.chainId);
  if (!Number.isSafeInteger(chainId) || chainId <= 0)
    throw new Error('network.json: chainId is no positive integer');
  if (typeof file.rpcUrl !== 'string' || !URL.canParse(file.rpcUrl))
    throw new Error('network.json: rpcUrl is no URL');
  const given = record(file.contracts, 'network.json: contracts');
  const contracts = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, address(given[name], name)]));
  const name = [file.name, file.network].find((one) => typeof one === 'string' && one !== '');
  return {
    name: typeof name === 'string' ? name : `chain ${chainId}`,
    chainId,
    rpcUrl: file.rpcUrl,
    contracts: contracts as Record<ContractName, Hex>,
    walletConnect: walletConnectOf(file.walletConnect),
  };
}

export async function readNetwork(): Promise<Network> {
  const response = await fetch('/network.json', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`network.json: status ${response.status}`);
  return parseNetwork(await response.json());
}

function walletConnectOf(value: unknown): WalletConnectSettings | null {
  if (value === undefined || value === null) return null;
  const { projectId, relayUrl } = record(value, 'network.json: walletConnect');
  if (typeof projectId !== 'string' || projectId === '')
    throw new Error('network.json: walletConnect.projectId is no text');
  if (typeof relayUrl !== 'string' || !URL.canParse(relayUrl))
    throw new Error('network.json: walletConnect.relayUrl is no URL');
  return { projectId, relayUrl };
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`${where} is no object`);
  return value as Record<string, unknown>;
}

function address(value: unknown, name: string): Hex {
  const text = typeof value === 'object' && value !== null ? (value as { address?: unknown }).address : value;
  if (typeof text !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(text)) {
    throw new Error(`network.json: ${name} is no address`);
  }
  return text as Hex;
}
