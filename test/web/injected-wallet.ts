import type { Page } from 'playwright-core';

/** Answers one EIP-1193 request; a thrown object with `code` reaches the page as the wallet's refusal. */
export type WalletRequest = (request: { method: string; params?: unknown[] }) => Promise<unknown>;

const BINDING = 'tallyhouseWalletRequest';

/**
 * Puts a wallet named "Test wallet" into every document of the page, announced by EIP-6963. Its requests are answered
 * in this process, so a local test key never enters the page.
 */
export async function injectWallet(page: Page, request: WalletRequest): Promise<void> {
  await page.exposeFunction(BINDING, async (asked: { method: string; params?: unknown[] }) => {
    try {
      return { result: await request(asked) };
    } catch (error) {
      const { code, message, data } = error as { code?: number; message?: string; data?: unknown };
      return { error: { code: code ?? -32603, message: message ?? 'refused', data } };
    }
  });
  await page.addInitScript(`(() => {
    const listeners = {};
    const provider = {
      request: async (asked) => {
        const answer = await window.${BINDING}({ method: asked.method, params: asked.params });
        if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error);
        if (asked.method === 'wallet_switchEthereumChain' || asked.method === 'wallet_addEthereumChain') {
          for (const one of listeners.chainChanged ?? []) one(asked.params[0].chainId);
        }
        return answer.result;
      },
      on: (name, listener) => (listeners[name] ??= new Set()).add(listener),
      removeListener: (name, listener) => listeners[name]?.delete(listener),
    };
    const info = {
      uuid: '6f1d6c1e-7f1f-4c57-9d2e-0d5c3c4b7a10',
      name: 'Test wallet',
      icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
      rdns: 'test.tallyhouse.wallet',
    };
    const announce = () =>
      window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }));
    window.addEventListener('eip6963:requestProvider', announce);
    announce();
  })()`);
}
