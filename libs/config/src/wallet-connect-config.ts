import { z } from 'zod';

/** The relay that the makers of WalletConnect run. */
const STANDARD_RELAY = 'wss://relay.walletconnect.org';

export const walletConnectVariables = {
  WALLETCONNECT_PROJECT_ID: z
    .string()
    .regex(/^[\w-]{0,100}$/, 'expected letters, digits and hyphens, as the relay gives them')
    .default(''),
  WALLETCONNECT_RELAY_URL: z.preprocess(
    (url) => (url === '' ? undefined : url),
    z.url({ protocol: /^wss?$/ }).default(STANDARD_RELAY),
  ),
};

/** How pages reach wallets of phones; what stands here is public. */
export interface WalletConnectConfig {
  readonly projectId: string;
  /** `wss://…` */
  readonly relayUrl: string;
}

/** Undefined without a project id: WalletConnect is then not offered. */
export function walletConnectOf(variables: {
  readonly WALLETCONNECT_PROJECT_ID: string;
  readonly WALLETCONNECT_RELAY_URL: string;
}): WalletConnectConfig | undefined {
  const { WALLETCONNECT_PROJECT_ID: projectId, WALLETCONNECT_RELAY_URL: relayUrl } = variables;
  return projectId === '' ? undefined : { projectId, relayUrl };
}
