import { makeWalletClient } from '@tallyhouse/chain';
import { numberToHex } from 'viem';
import type { Hex, RpcTransactionRequest, TypedDataDefinition } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { WalletRequest } from './injected-wallet.js';

type Answer = (...params: never[]) => unknown;

/** A wallet that holds one local key, as the page meets it; it knows the two chains it is told of. */
export class LocalKeyWallet {
  /** The member declines what the page asks to be sent. */
  public declines = false;
  /** Runs while the member has the request open, before it is approved. */
  public meanwhile: () => Promise<unknown> = () => Promise.resolve();
  /** Transactions that it has sent; what it signed alone is none. */
  public sent = 0;
  private connected = false;

  public constructor(
    private readonly rpcUrl: string,
    private readonly key: { readonly address: Hex; readonly privateKey: Hex },
    public chainId: number,
  ) {}

  public readonly request: WalletRequest = async ({ method, params = [] }) => {
    const own: Record<string, Answer> = {
      eth_accounts: () => (this.connected ? [this.key.address] : []),
      eth_requestAccounts: () => {
        this.connected = true;
        return [this.key.address];
      },
      eth_chainId: () => numberToHex(this.chainId),
      wallet_requestPermissions: () => [{ parentCapability: 'eth_accounts' }],
      wallet_switchEthereumChain: ({ chainId }: { chainId: Hex }) => {
        this.chainId = Number(chainId);
        return null;
      },
      personal_sign: (message: Hex) => this.signMessage(message),
      eth_signTypedData_v4: (_account: Hex, typed: string) => this.sign(typed),
      eth_sendTransaction: (transaction: RpcTransactionRequest) => this.send(transaction),
    };
    const answer = own[method];
    return answer ? answer(...(params as never[])) : this.ask(method, params);
  };

  /** Signs typed data here, as the page gives it: JSON in which whole numbers are texts. */
  private async sign(typed: string): Promise<Hex> {
    await this.approve();
    return privateKeyToAccount(this.key.privateKey).signTypedData(JSON.parse(typed) as TypedDataDefinition);
  }

  /** Signs a text here; the page gives its bytes. */
  private async signMessage(raw: Hex): Promise<Hex> {
    await this.approve();
    return privateKeyToAccount(this.key.privateKey).signMessage({ message: { raw } });
  }

  /** The member looks at the request: declines it, or approves it after whatever happens meanwhile. */
  private async approve(): Promise<void> {
    if (this.declines) throw Object.assign(new Error('User rejected the request.'), { code: 4001 });
    await this.meanwhile();
  }

  /** Signs here and sends it raw, as a wallet does; the key never enters the page. */
  private async send({ to, data, value }: RpcTransactionRequest): Promise<Hex> {
    await this.approve();
    const client = makeWalletClient(this.rpcUrl, this.key.privateKey);
    await this.ask('eth_estimateGas', [{ from: this.key.address, to, data, value }]);
    this.sent += 1;
    return client.sendTransaction({
      to,
      data,
      value: BigInt(value ?? 0),
      chain: null,
      account: client.account,
    });
  }

  /** What the wallet asks its own node; the node's refusal goes to the page as it came. */
  private async ask(method: string, params: readonly unknown[]): Promise<unknown> {
    const response = await fetch(this.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error) throw Object.assign(new Error(error.message), error);
    return result;
  }
}
