import type { Address } from 'viem';
import type { ContractName, DeploymentRoles } from '../deployment.js';
import { custodyAbi, forecastLedgerAbi, modelRegistryAbi, partnerRegistryAbi } from '../generated/index.js';
import {
  ARBITER_ROLE,
  COMMITTER_ROLE,
  DEFAULT_ADMIN_ROLE,
  GUARDIAN_ROLE,
  PROPOSER_ROLE,
  REGISTRAR_ROLE,
} from './roles.js';
import { callStep } from './step.js';
import type { DeployStep } from './step.js';

type Addresses = Readonly<Record<ContractName, Address>>;

/** Gives every right to the one who holds it from now on. */
export function handOverSteps(addresses: Addresses, roles: DeploymentRoles): DeployStep[] {
  const { ModelRegistry, PartnerRegistry, ForecastLedger, Custody, TimelockController: timelock } = addresses;
  return [
    callStep('guardian of models', ModelRegistry, modelRegistryAbi, 'grantRole', [
      GUARDIAN_ROLE,
      roles.guardian,
    ]),
    ...roles.proposers.map((proposer) =>
      callStep('proposer of models', ModelRegistry, modelRegistryAbi, 'grantRole', [PROPOSER_ROLE, proposer]),
    ),
    ...roles.committers.map((committer) =>
      callStep('committer', ForecastLedger, forecastLedgerAbi, 'grantRole', [COMMITTER_ROLE, committer]),
    ),
    callStep('registrar', PartnerRegistry, partnerRegistryAbi, 'grantRole', [REGISTRAR_ROLE, timelock]),
    callStep('owner of models', ModelRegistry, modelRegistryAbi, 'grantRole', [DEFAULT_ADMIN_ROLE, timelock]),
    callStep('owner of partners', PartnerRegistry, partnerRegistryAbi, 'grantRole', [
      DEFAULT_ADMIN_ROLE,
      timelock,
    ]),
    callStep('owner of forecasts', ForecastLedger, forecastLedgerAbi, 'grantRole', [
      DEFAULT_ADMIN_ROLE,
      timelock,
    ]),
    callStep('arbiter of custody', Custody, custodyAbi, 'grantRole', [ARBITER_ROLE, timelock]),
    callStep('owner of custody', Custody, custodyAbi, 'grantRole', [DEFAULT_ADMIN_ROLE, timelock]),
  ];
}

/** Takes every right from the deployer; administration goes last, for it is what the others hang on. */
export function renounceSteps(
  { ModelRegistry, PartnerRegistry, ForecastLedger, Custody }: Addresses,
  deployer: Address,
  { alsoProposer }: { readonly alsoProposer: boolean },
): DeployStep[] {
  const proposer = alsoProposer
    ? [callStep('leave models', ModelRegistry, modelRegistryAbi, 'renounceRole', [PROPOSER_ROLE, deployer])]
    : [];
  return [
    ...proposer,
    callStep('leave registrar', PartnerRegistry, partnerRegistryAbi, 'renounceRole', [
      REGISTRAR_ROLE,
      deployer,
    ]),
    callStep('leave arbiter', Custody, custodyAbi, 'renounceRole', [ARBITER_ROLE, deployer]),
    callStep('disown models', ModelRegistry, modelRegistryAbi, 'renounceRole', [
      DEFAULT_ADMIN_ROLE,
      deployer,
    ]),
    callStep('disown partners', PartnerRegistry, partnerRegistryAbi, 'renounceRole', [
      DEFAULT_ADMIN_ROLE,
      deployer,
    ]),
    callStep('disown custody', Custody, custodyAbi, 'renounceRole', [DEFAULT_ADMIN_ROLE, deployer]),
    callStep('disown forecasts', ForecastLedger, forecastLedgerAbi, 'renounceRole', [
      DEFAULT_ADMIN_ROLE,
      deployer,
    ]),
  ];
}
