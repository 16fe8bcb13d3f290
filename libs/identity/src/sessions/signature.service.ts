import { IdentityError } from '../identity.errors.js';
import {
  isAddress,
  isAddressEqual,
  isHex,
  recoverMessageAddress,
  size,
  type Hex,
  type PublicClient,
} from 'viem';

const MAX_SIGNATURE_BYTES = 8_192;
/** A signature of a wallet that is not deployed yet ends with this (ERC-6492). */
const COUNTERFACTUAL = '6492'.repeat(16);

/** What is asked of the chain. */
export type SignatureChain = Pick<PublicClient, 'getCode' | 'verifyMessage'>;

/**
 * Says whether an account signed a message: by its own key, which needs no chain; or as a contract (ERC-1271), deployed
 * or not yet (ERC-6492), which is asked by a call.
 *
 * @throws IdentityError `MESSAGE_REFUSED` when it did not; `CHAIN_UNAVAILABLE` when the chain does not answer
 */
export async function verifySignature(
  chain: SignatureChain,
  { address, message, signature }: { address: Hex; message: string; signature: string },
): Promise<void> {
  if (!isAddress(address)) {
    throw new IdentityError(
      'MESSAGE_REFUSED',
      'message: the address is not written with its checksum (EIP-55)',
    );
  }
  if (!isHex(signature) || size(signature) > MAX_SIGNATURE_BYTES || signature.length % 2 !== 0) {
    throw new IdentityError('MESSAGE_REFUSED', 'signature: expected 0x and hexadecimal digits');
  }
  if (await isOwnKey(address, message, signature)) return;
  if (!(await isContract(chain, address, signature))) throw unsignedByKey();
  const isSigned = await chain.verifyMessage({ address, message, signature }).catch(() => false);
  if (!isSigned) throw unsigned();
}

async function isOwnKey(address: Hex, message: string, signature: Hex): Promise<boolean> {
  try {
    return isAddressEqual(await recoverMessageAddress({ message, signature }), address);
  } catch {
    return false;
  }
}

/** Asked by itself, since a contract that refuses and a chain that is away look alike in the answer to a call. */
async function isContract(chain: SignatureChain, address: Hex, signature: Hex): Promise<boolean> {
  try {
    const code = await chain.getCode({ address });
    return (code !== undefined && code !== '0x') || signature.endsWith(COUNTERFACTUAL);
  } catch {
    throw new IdentityError(
      'CHAIN_UNAVAILABLE',
      'the chain that has to be asked for the signature of a contract does not answer; try again',
    );
  }
}

function unsignedByKey(): IdentityError {
  return new IdentityError(
    'MESSAGE_REFUSED',
    'signature: the account in the message did not sign it; a wallet that is no contract yet signs with what would deploy it (ERC-6492), or deploy it first',
  );
}

function unsigned(): IdentityError {
  return new IdentityError('MESSAGE_REFUSED', 'signature: the account in the message did not sign it');
}
