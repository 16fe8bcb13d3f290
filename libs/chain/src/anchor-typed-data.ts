import type { Address, Hex, TypedDataDefinition } from 'viem';

/** A batch as its submitter signs it for a relayer. */
export interface BatchToSign {
  readonly partner: Address;
  readonly root: Hex;
  readonly count: number;
  readonly prevHead: Hex;
  readonly schemaId: Hex;
  readonly uri: string;
  readonly submitter: Address;
  /** Unix seconds, the last in which the signature may be used. */
  readonly deadline: bigint;
  /** Events that ride on chain with the batch; left out, the root alone does. */
  readonly payload?: Hex;
}

const BATCH = [
  { name: 'partner', type: 'address' },
  { name: 'root', type: 'bytes32' },
  { name: 'count', type: 'uint32' },
  { name: 'prevHead', type: 'bytes32' },
  { name: 'schemaId', type: 'bytes32' },
  { name: 'uri', type: 'string' },
] as const;
const SIGNER = [
  { name: 'submitter', type: 'address' },
  { name: 'deadline', type: 'uint256' },
] as const;

/**
 * What a submitter signs (EIP-712) so that anybody may anchor the batch in its name: TraceAnchor's `anchorBySig`, or
 * `anchorWithPayloadBySig` where the batch has a payload.
 *
 * @example await account.signTypedData(anchorTypedData(1, traceAnchor, batch))
 */
export function anchorTypedData(
  chainId: number,
  verifyingContract: Address,
  batch: BatchToSign,
): TypedDataDefinition {
  const domain = { name: 'TraceAnchor', version: '1', chainId, verifyingContract };
  const { payload, ...message } = batch;
  if (payload === undefined)
    return { domain, types: { Anchor: [...BATCH, ...SIGNER] }, primaryType: 'Anchor', message };
  const types = { AnchorWithPayload: [...BATCH, { name: 'payload', type: 'bytes' }, ...SIGNER] };
  return { domain, types, primaryType: 'AnchorWithPayload', message: { ...message, payload } };
}
