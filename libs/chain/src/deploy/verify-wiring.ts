import type { PublicClient } from 'viem';
import type { Deployment } from '../deployment.js';
import {
  custodyAbi,
  recallNoticeAbi,
  tallyGovernorAbi,
  timelockControllerAbi,
  traceAnchorAbi,
} from '../generated/index.js';
import type { DeploymentFinding } from './deployment-finding.js';

/** Compares what the contracts say of each other, and the rules they began with, with the deployment. */
export async function wiringFindings(
  publicClient: PublicClient,
  { contracts, parameters }: Deployment,
): Promise<DeploymentFinding[]> {
  const governor = { address: contracts.TallyGovernor.address, abi: tallyGovernorAbi } as const;
  const timelock = { address: contracts.TimelockController.address, abi: timelockControllerAbi } as const;
  const anchor = { address: contracts.TraceAnchor.address, abi: traceAnchorAbi } as const;
  const read = publicClient.readContract;
  const facts = await Promise.all([
    fact(
      'TallyGovernor',
      'token',
      contracts.TallyToken.address,
      read({ ...governor, functionName: 'token' }),
    ),
    fact('TallyGovernor', 'timelock', timelock.address, read({ ...governor, functionName: 'timelock' })),
    fact(
      'TraceAnchor',
      'registry',
      contracts.PartnerRegistry.address,
      read({ ...anchor, functionName: 'registry' }),
    ),
    fact(
      'Custody',
      'registry',
      contracts.PartnerRegistry.address,
      read({ address: contracts.Custody.address, abi: custodyAbi, functionName: 'registry' }),
    ),
    fact(
      'RecallNotice',
      'registry',
      contracts.PartnerRegistry.address,
      read({ address: contracts.RecallNotice.address, abi: recallNoticeAbi, functionName: 'registry' }),
    ),
    fact(
      'TallyGovernor',
      'voting delay',
      parameters.votingDelayS,
      read({ ...governor, functionName: 'votingDelay' }),
    ),
    fact(
      'TallyGovernor',
      'voting period',
      parameters.votingPeriodS,
      read({ ...governor, functionName: 'votingPeriod' }),
    ),
    fact(
      'TallyGovernor',
      'proposal threshold',
      parameters.proposalThreshold,
      read({ ...governor, functionName: 'proposalThreshold' }),
    ),
    fact(
      'TallyGovernor',
      'quorum percent',
      parameters.quorumPercent,
      read({ ...governor, functionName: 'quorumNumerator' }),
    ),
    fact(
      'TallyGovernor',
      'late quorum extension',
      parameters.lateQuorumExtensionS,
      read({ ...governor, functionName: 'lateQuorumVoteExtension' }),
    ),
    fact(
      'TallyGovernor',
      'sunset of the guardian',
      parameters.guardianSunset,
      read({ ...governor, functionName: 'guardianSunset' }),
    ),
    fact(
      'TimelockController',
      'delay',
      parameters.timelockDelayS,
      read({ ...timelock, functionName: 'getMinDelay' }),
    ),
  ]);
  return facts.flat();
}

async function fact(
  contract: string,
  what: string,
  expected: string | number,
  reading: Promise<string | bigint | number>,
): Promise<DeploymentFinding[]> {
  const found = await reading;
  if (String(found) === String(expected)) return [];
  const message = `the ${what} of ${contract} is ${found}, the deployment says ${expected}`;
  return [{ code: 'wiring', contract, message }];
}
