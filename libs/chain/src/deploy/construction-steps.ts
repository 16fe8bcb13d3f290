import { zeroAddress } from 'viem';
import type { Address } from 'viem';
import type { ContractName } from '../deployment.js';
import {
  custodyAbi,
  custodyBytecode,
  forecastLedgerAbi,
  forecastLedgerBytecode,
  modelRegistryAbi,
  modelRegistryBytecode,
  partnerRegistryAbi,
  partnerRegistryBytecode,
  recallNoticeAbi,
  recallNoticeBytecode,
  tallyGovernorAbi,
  tallyGovernorBytecode,
  tallyTokenAbi,
  tallyTokenBytecode,
  timelockControllerAbi,
  timelockControllerBytecode,
  traceAnchorAbi,
  traceAnchorBytecode,
} from '../generated/index.js';
import type { DeploymentContent } from './deploy-options.js';
import { createStep } from './step.js';
import type { DeployStep } from './step.js';

const GAS_PER_HOLDER = 150_000n;

/** Creates the contracts, in the order of `CONTRACT_NAMES`. The timelock never has a human administrator: the
 * governor's address is known beforehand, so it is the timelock's only proposer from its first block. */
export function constructionSteps(
  content: DeploymentContent,
  addresses: Readonly<Record<ContractName, Address>>,
  deployer: Address,
): DeployStep[] {
  return [...governanceSteps(content, addresses), ...recordSteps(addresses, deployer)];
}

function governanceSteps(
  { parameters, holders, guardian }: DeploymentContent,
  addresses: Readonly<Record<ContractName, Address>>,
): DeployStep[] {
  const accounts = holders.map((holder) => holder.address);
  const amounts = holders.map((holder) => holder.amount);
  return [
    createStep(
      'TallyToken',
      { abi: tallyTokenAbi, bytecode: tallyTokenBytecode },
      [accounts, amounts],
      GAS_PER_HOLDER * BigInt(holders.length),
    ),
    createStep('TimelockController', { abi: timelockControllerAbi, bytecode: timelockControllerBytecode }, [
      BigInt(parameters.timelockDelayS),
      [addresses.TallyGovernor],
      [zeroAddress],
      zeroAddress,
    ]),
    createStep('TallyGovernor', { abi: tallyGovernorAbi, bytecode: tallyGovernorBytecode }, [
      addresses.TallyToken,
      addresses.TimelockController,
      parameters.votingDelayS,
      parameters.votingPeriodS,
      BigInt(parameters.proposalThreshold),
      BigInt(parameters.quorumPercent),
      parameters.lateQuorumExtensionS,
      guardian,
      parameters.guardianSunset,
    ]),
  ];
}

function recordSteps(addresses: Readonly<Record<ContractName, Address>>, deployer: Address): DeployStep[] {
  return [
    createStep('ModelRegistry', { abi: modelRegistryAbi, bytecode: modelRegistryBytecode }, [deployer]),
    createStep('PartnerRegistry', { abi: partnerRegistryAbi, bytecode: partnerRegistryBytecode }, [deployer]),
    createStep('TraceAnchor', { abi: traceAnchorAbi, bytecode: traceAnchorBytecode }, [
      addresses.PartnerRegistry,
    ]),
    createStep('ForecastLedger', { abi: forecastLedgerAbi, bytecode: forecastLedgerBytecode }, [deployer]),
    createStep('Custody', { abi: custodyAbi, bytecode: custodyBytecode }, [
      addresses.PartnerRegistry,
      deployer,
    ]),
    createStep('RecallNotice', { abi: recallNoticeAbi, bytecode: recallNoticeBytecode }, [
      addresses.PartnerRegistry,
    ]),
  ];
}
