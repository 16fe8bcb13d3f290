import { createRequire } from 'node:module';
import type { SigningClient } from '@tallyhouse/chain';
import {
  concat,
  decodeAbiParameters,
  encodeFunctionData,
  pad,
  parseAbi,
  type Hex,
  type PublicClient,
} from 'viem';

/** A wallet that is a contract (ERC-1271): what its owner signed, it signed; and a factory that makes one where it said it would. */
const SOURCE = `
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

contract SmartWallet {
    address private immutable OWNER;

    constructor(address owner) {
        OWNER = owner;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bytes32 r = bytes32(signature[0:32]);
        bytes32 s = bytes32(signature[32:64]);
        address signer = ecrecover(hash, uint8(signature[64]), r, s);
        return signer != address(0) && signer == OWNER ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

contract WalletFactory {
    function make(address owner) external returns (address) {
        return address(new SmartWallet{salt: 0}(owner));
    }
}`;
const FACTORY = parseAbi(['function make(address owner) returns (address)']);

/** A wallet that its factory has not made yet. */
export interface WalletToBe {
  readonly address: Hex;
  readonly factory: Hex;
  /** What the factory is called with to make it. */
  readonly factoryData: Hex;
}

/** Puts a smart wallet of `owner` on chain and gives its address. */
export async function deploySmartWallet(chain: PublicClient, owner: SigningClient): Promise<Hex> {
  return deploy(chain, owner, concat([bytecodes().SmartWallet, pad(owner.account.address)]));
}

/** Puts a factory on chain, and gives the wallet that it would make for `owner`. */
export async function planSmartWallet(
  chain: PublicClient,
  sender: SigningClient,
  owner: Hex,
): Promise<WalletToBe> {
  const factory = await deploy(chain, sender, bytecodes().WalletFactory);
  const factoryData = encodeFunctionData({ abi: FACTORY, args: [owner] });
  const { data } = await chain.call({ to: factory, data: factoryData });
  const [address] = decodeAbiParameters([{ type: 'address' }], data!);
  return { address, factory, factoryData };
}

async function deploy(chain: PublicClient, sender: SigningClient, data: Hex): Promise<Hex> {
  const transaction = await sender.sendTransaction({ data, chain: null, to: null });
  const { contractAddress } = await chain.waitForTransactionReceipt({ hash: transaction });
  if (!contractAddress) throw new Error('the contract was not deployed');
  return contractAddress;
}

type Name = 'SmartWallet' | 'WalletFactory';
interface Compiled {
  readonly contracts: { wallet: Record<Name, { evm: { bytecode: { object: string } } }> };
}

function bytecodes(): Record<Name, Hex> {
  const { compile } = createRequire(import.meta.url)('solc') as { compile: (input: string) => string };
  const input = {
    language: 'Solidity',
    sources: { wallet: { content: SOURCE } },
    settings: { evmVersion: 'cancun', outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
  };
  const { wallet } = (JSON.parse(compile(JSON.stringify(input))) as Compiled).contracts;
  const of = (name: Name): Hex => `0x${wallet[name].evm.bytecode.object}`;
  return { SmartWallet: of('SmartWallet'), WalletFactory: of('WalletFactory') };
}
