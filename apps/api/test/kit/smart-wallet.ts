import { createRequire } from 'node:module';
import type { SigningClient } from '@tallyhouse/chain';
import type { Hex, PublicClient } from 'viem';

/** A wallet that is a contract (ERC-1271): what its owner signed, it signed. */
const SOURCE = `
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

contract SmartWallet {
    address private immutable OWNER = msg.sender;

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bytes32 r = bytes32(signature[0:32]);
        bytes32 s = bytes32(signature[32:64]);
        address signer = ecrecover(hash, uint8(signature[64]), r, s);
        return signer != address(0) && signer == OWNER ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}`;

/** Puts a smart wallet of `owner` on chain and gives its address. */
export async function deploySmartWallet(chain: PublicClient, owner: SigningClient): Promise<Hex> {
  const transaction = await owner.sendTransaction({ data: bytecode(), chain: null, to: null });
  const { contractAddress } = await chain.waitForTransactionReceipt({ hash: transaction });
  if (!contractAddress) throw new Error('the wallet was not deployed');
  return contractAddress;
}

interface Compiled {
  readonly contracts: { wallet: { SmartWallet: { evm: { bytecode: { object: string } } } } };
}

function bytecode(): Hex {
  const { compile } = createRequire(import.meta.url)('solc') as { compile: (input: string) => string };
  const input = {
    language: 'Solidity',
    sources: { wallet: { content: SOURCE } },
    settings: { evmVersion: 'cancun', outputSelection: { '*': { '*': ['evm.bytecode.object'] } } },
  };
  const { contracts } = JSON.parse(compile(JSON.stringify(input))) as Compiled;
  return `0x${contracts.wallet.SmartWallet.evm.bytecode.object}`;
}
