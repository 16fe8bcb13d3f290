import type { Page } from 'playwright-core';

/** Answers one EIP-1193 request; a thrown object with `code` reaches the page as the wallet's refusal. */
export type WalletRequest = (request: { method: string; params?: unknown[] }) => Promise<unknown>;

/**
 * Puts a wallet into every document of the page, announced by EIP-6963 under its name; a page may hold several. Its
 * requests are answered in this process, so a local test key never enters the page.
 */
export async function injectWallet(page: Page, request: WalletRequest, name = 'Test wallet'): Promise<void> {
  const word = name.replaceAll(/\W/g, '');
  const binding = `request${word}`;
  await page.exposeFunction(binding, async (asked: { method: string; params?: unknown[] }) => {
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
        const answer = await window.${binding}({ method: asked.method, params: asked.params });
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
      uuid: '6f1d6c1e-7f1f-4c57-9d2e-${uuidTail(name)}',
      name: ${JSON.stringify(name)},
      icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
      rdns: 'test.tallyhouse.${word.toLowerCase()}',
    };
    const announce = () =>
      window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }));
    window.addEventListener('eip6963:requestProvider', announce);
    announce();
  })()`);
}

/** The last twelve digits of a wallet's id: the same for the same name in every run. */
function uuidTail(name: string): string {
  return Buffer.from(name.padEnd(6, ' ')).toString('hex').slice(0, 12);
}
