import {
  anchorTypedData,
  makePublicClient,
  makeWalletClient,
  traceAnchorAbi,
  type Deployment,
} from '@tallyhouse/chain';
import { toHex, type Hex } from '@tallyhouse/proofs';
import { AnchorRepository, SubmissionRepository, type UnanchoredBatch } from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { privateKeyToAccount } from 'viem/accounts';
import { CliError } from '../cli.errors.js';

const BATCHES_A_CALL = 100;

/** A partner's key and the batches that wait for it. */
export interface Submitter {
  readonly address: Hex;
  /** Signs every waiting batch, ahead too: each signature passes once the batch before it is on chain. */
  sign(hours: number): Promise<readonly UnanchoredBatch[]>;
  /** Anchors every waiting batch, one after the other; what is on chain already is passed over. */
  send(): Promise<readonly UnanchoredBatch[]>;
}

/** Opens a partner's key on the chain of a deployment. */
export function openSubmitter(
  { rpcUrl, deployment }: { rpcUrl: string; deployment: Deployment },
  dataSource: DataSource,
  key: Hex,
): Submitter {
  const publicClient = makePublicClient(rpcUrl);
  const wallet = makeWalletClient(rpcUrl, key);
  const account = privateKeyToAccount(key);
  const submissions = new SubmissionRepository(dataSource);
  const contract = { address: deployment.contracts.TraceAnchor.address, abi: traceAnchorAbi } as const;

  const headOf = (partner: Hex): Promise<Hex> =>
    publicClient.readContract({ ...contract, functionName: 'head', args: [partner] });
  const anchor = (batch: UnanchoredBatch): Promise<Hex> => {
    const { partner, root, count, prevHead, schemaId, uri, payload } = batch;
    if (payload)
      return wallet.writeContract({
        ...{ ...contract, chain: null, functionName: 'anchorWithPayload' },
        args: [{ partner, root, count, prevHead, schemaId, uri }, toHex(payload)],
      });
    const args = [partner, root, count, prevHead, schemaId, uri] as const;
    return wallet.writeContract({ ...contract, chain: null, functionName: 'anchor', args });
  };
  return {
    address: account.address.toLowerCase() as Hex,
    async sign(hours) {
      const { timestamp } = await publicClient.getBlock();
      const deadline = timestamp + BigInt(hours) * 3_600n;
      const waiting = await submissions.waitingFor(account.address, BATCHES_A_CALL);
      for (const batch of waiting) {
        const { partner, root, count, prevHead, schemaId, uri, submitter, payload } = batch;
        const message = { partner, root, count, prevHead, schemaId, uri, submitter, deadline };
        const typed = anchorTypedData(deployment.chainId, contract.address, {
          ...{ ...message, ...(payload && { payload: toHex(payload) }) },
        });
        await submissions.sign(batch.id, await account.signTypedData(typed), deadline);
      }
      return waiting;
    },
    async send() {
      const sent: UnanchoredBatch[] = [];
      for (const batch of await submissions.waitingFor(account.address, BATCHES_A_CALL)) {
        if (batch.prevHead !== (await headOf(batch.partner))) continue;
        const hash = await anchor(batch);
        await new AnchorRepository(dataSource).markSent(batch.id, hash, new Date());
        const { status } = await publicClient.waitForTransactionReceipt({ hash });
        if (status !== 'success')
          throw new CliError(
            `batch ${batch.seq} of ${batch.partner} was refused (${hash})`,
            'is the key a submitter of the partner now? see PartnerRegistry.setSubmitter',
          );
        sent.push(batch);
      }
      return sent;
    },
  };
}
