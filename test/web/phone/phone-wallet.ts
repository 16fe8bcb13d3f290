import { SignClient } from '@walletconnect/sign-client';
import type { WalletRequest } from '../injected-wallet.js';

/** A wallet on a phone: reads the code of a page, and answers what the page asks through the relay. */
export interface PhoneWallet {
  /** Reads the code and lets the page in. */
  read(uri: string): Promise<void>;
  /** Its holder ends the session on the phone. */
  leave(): Promise<void>;
  /** Switches the phone off. */
  stop(): Promise<void>;
}

interface PhoneOptions {
  readonly relayUrl: string;
  readonly projectId: string;
  readonly chainId: number;
  readonly address: string;
  /** Answers requests, as a wallet of the browser would. */
  readonly answer: WalletRequest;
}

const METADATA = { name: 'Phone', description: 'a test', url: 'http://phone.test', icons: [] };

/** Starts the phone's end of WalletConnect, which keeps nothing after it. */
export async function startPhone({ relayUrl, projectId, ...holder }: PhoneOptions): Promise<PhoneWallet> {
  const client = await SignClient.init({
    ...{ relayUrl, projectId, metadata: METADATA, logger: 'silent', telemetryEnabled: false },
    storageOptions: { database: ':memory:' },
  });
  client.on('session_proposal', ({ id, params }) => {
    const { methods, events } = params.optionalNamespaces['eip155']!;
    const chain = `eip155:${holder.chainId}`;
    const accounts = [`${chain}:${holder.address}`];
    void client.approve({ id, namespaces: { eip155: { accounts, methods, events, chains: [chain] } } });
  });
  client.on('session_request', ({ id, topic, params: { request } }) => {
    void holder.answer(request as Parameters<WalletRequest>[0]).then(
      (result) => client.respond({ topic, response: { id, jsonrpc: '2.0', result } }),
      ({ code = -32603, message }: { code?: number; message: string }) =>
        client.respond({ topic, response: { id, jsonrpc: '2.0', error: { code, message } } }),
    );
  });
  return {
    read: (uri) => client.pair({ uri }).then(() => undefined),
    leave: async () => {
      const reason = { code: 6000, message: 'the holder left' };
      for (const { topic } of client.session.getAll()) await client.disconnect({ topic, reason });
    },
    stop: async () => {
      client.core.heartbeat.stop();
      await client.core.relayer.transportClose();
    },
  };
}
