import { makePublicClient, tallyGovernorAbi, tallyTokenAbi } from '@tallyhouse/chain';
import type { LocalContext } from '../local-context.js';
import type { LocalAccount } from '../up/accounts.js';
import { waitUntil } from '../up/wait-until.js';

const DEADLINE_MS = 15_000;

/**
 * Waits until tokens delegated in this very second count. The governor asks for the votes of the second before the
 * block's (ERC-6372), so a proposal right after a delegation would be refused. A member without the votes waits for
 * nothing: the governor's refusal says so.
 */
export async function untilPowerCounts(context: LocalContext, { address }: LocalAccount): Promise<void> {
  const client = makePublicClient(context.rpcUrl);
  const { TallyGovernor, TallyToken } = context.deployment.contracts;
  const governor = { address: TallyGovernor.address, abi: tallyGovernorAbi } as const;
  const [threshold, now] = await Promise.all([
    client.readContract({ ...governor, functionName: 'proposalThreshold' }),
    client.readContract({
      address: TallyToken.address,
      abi: tallyTokenAbi,
      functionName: 'getVotes',
      args: [address],
    }),
  ]);
  if (now < threshold) return;
  const counts = async (): Promise<boolean> => {
    const { timestamp } = await client.getBlock();
    const args = [address, timestamp - 1n] as const;
    return (await client.readContract({ ...governor, functionName: 'getVotes', args })) >= threshold;
  };
  await waitUntil('the delegated votes count', counts, {
    timeoutMs: DEADLINE_MS,
    advice: 'the chain makes no new block: see that it runs, then propose again',
  });
}
