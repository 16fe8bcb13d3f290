import { traceAnchorAbi } from '@tallyhouse/chain';
import { decodeAnchored, fromHex, type Hex } from '@tallyhouse/proofs';
import { AnchorRepository, type RpcCall } from '@tallyhouse/supply-chain';
import { ROLE, type LocalDeployment } from '@tallyhouse/testing';
import type { migrationDataSource } from '../../../migrations/data-source.js';

type Source = ReturnType<typeof migrationDataSource>;

/** Calls of the local chain's node. */
export function rpcOf(local: LocalDeployment): RpcCall {
  return (method, params) => local.publicClient.request({ method, params } as never);
}

/** Address whose key anchors. */
export function relayerOf(local: LocalDeployment): Hex {
  return local.people[ROLE.relayer]!.account.address.toLowerCase() as Hex;
}

/**
 * Anchors the oldest sealed batch in one block with other transactions, and writes what an index would; returns the
 * hash of the block.
 */
export async function anchorOldest(local: LocalDeployment, source: Source): Promise<Hex> {
  const rpc = rpcOf(local);
  const wallet = local.people[ROLE.relayer]!;
  const [batch] = await new AnchorRepository(source).unanchored(10);
  if (!batch) throw new Error('no batch waits');
  await rpc('evm_setAutomine', [false]);
  for (const person of [local.people[0]!, local.people[1]!, local.people[2]!])
    await person.sendTransaction({
      ...{ to: batch.partner as Hex, value: 1n, chain: null, type: 'legacy', gas: 30_000n },
    });
  const { partner, root, count, prevHead, schemaId, uri } = batch;
  const hash = await wallet.writeContract({
    address: local.deployment.contracts.TraceAnchor.address,
    abi: traceAnchorAbi,
    functionName: 'anchor',
    args: [partner as Hex, root, count, prevHead, schemaId, uri],
    chain: null,
    gas: 300_000n,
  });
  await rpc('evm_mine', []);
  await rpc('evm_setAutomine', [true]);
  const receipt = await local.publicClient.waitForTransactionReceipt({ hash });
  if (receipt.status !== 'success') throw new Error('the anchoring transaction failed');
  await indexLog(source, receipt.logs[0]!);
  return receipt.blockHash;
}

interface MinedLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
  readonly logIndex: number;
  readonly transactionHash: Hex;
}

async function indexLog(source: Source, log: MinedLog): Promise<void> {
  const said = decodeAnchored({ address: log.address, topics: [...log.topics], data: fromHex(log.data) });
  await source.query(
    `INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root,
       seq, count, prev_head, head, schema_id, submitter, uri)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[31337, log.blockNumber, log.blockHash, log.logIndex, log.transactionHash, new Date()],
      ...[said.partner, said.root, said.seq, said.count, said.prevHead, said.head],
      ...[said.schemaId, said.submitter, said.uri],
    ],
  );
}
