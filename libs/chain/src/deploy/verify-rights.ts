import { getAddress, zeroAddress } from 'viem';
import type { Address, Hex, PublicClient } from 'viem';
import type { ContractName, Deployment, DeploymentRoles } from '../deployment.js';
import { modelRegistryAbi } from '../generated/index.js';
import {
  ARBITER_ROLE,
  CANCELLER_ROLE,
  COMMITTER_ROLE,
  DEFAULT_ADMIN_ROLE,
  EXECUTOR_ROLE,
  GUARDIAN_ROLE,
  PROPOSER_ROLE,
  REGISTRAR_ROLE,
} from './roles.js';
import type { DeploymentFinding } from './deployment-finding.js';

/** Who holds each role of one contract. */
type Holders = ReadonlyMap<Hex, ReadonlySet<Address>>;

const ROLE_NAMES: Readonly<Record<Hex, string>> = {
  [DEFAULT_ADMIN_ROLE]: 'DEFAULT_ADMIN_ROLE',
  [PROPOSER_ROLE]: 'PROPOSER_ROLE',
  [GUARDIAN_ROLE]: 'GUARDIAN_ROLE',
  [REGISTRAR_ROLE]: 'REGISTRAR_ROLE',
  [COMMITTER_ROLE]: 'COMMITTER_ROLE',
  [ARBITER_ROLE]: 'ARBITER_ROLE',
  [CANCELLER_ROLE]: 'CANCELLER_ROLE',
  [EXECUTOR_ROLE]: 'EXECUTOR_ROLE',
};

/** Compares the holders of every role with those that the deployment names. */
export async function rightsFindings(
  publicClient: PublicClient,
  deployment: Deployment,
): Promise<DeploymentFinding[]> {
  const { roles } = deployment;
  if (roles === undefined) {
    const message = 'the deployment does not say who was given which right';
    return [{ code: 'roles-unknown', contract: 'all', message }];
  }
  const expected = Object.entries(expectedHolders(deployment, roles)) as [ContractName, Holders][];
  const findings = await Promise.all(
    expected.map(async ([contract, wanted]) => {
      const found = await holdersOnChain(publicClient, deployment, contract, [...wanted.keys()]);
      return compare(contract, wanted, found, roles.deployer);
    }),
  );
  return findings.flat();
}

function expectedHolders(
  { contracts }: Deployment,
  roles: DeploymentRoles,
): Readonly<Partial<Record<ContractName, Holders>>> {
  const timelock = contracts.TimelockController.address;
  const governor = contracts.TallyGovernor.address;
  return {
    TimelockController: holders({
      [DEFAULT_ADMIN_ROLE]: [timelock],
      [PROPOSER_ROLE]: [governor],
      [CANCELLER_ROLE]: [governor],
      [EXECUTOR_ROLE]: [zeroAddress],
    }),
    ModelRegistry: holders({
      [DEFAULT_ADMIN_ROLE]: [timelock],
      [GUARDIAN_ROLE]: [roles.guardian],
      [PROPOSER_ROLE]: roles.proposers,
    }),
    PartnerRegistry: holders({ [DEFAULT_ADMIN_ROLE]: [timelock], [REGISTRAR_ROLE]: [timelock] }),
    ForecastLedger: holders({ [DEFAULT_ADMIN_ROLE]: [timelock], [COMMITTER_ROLE]: roles.committers }),
    Custody: holders({ [DEFAULT_ADMIN_ROLE]: [timelock], [ARBITER_ROLE]: [timelock] }),
  };
}

function holders(lists: Readonly<Record<Hex, readonly Address[]>>): Holders {
  return new Map(
    Object.entries(lists).map(([role, list]) => [
      role as Hex,
      new Set(list.map((account) => getAddress(account))),
    ]),
  );
}

/** Replays the grants and revocations of one contract. */
async function holdersOnChain(
  publicClient: PublicClient,
  deployment: Deployment,
  contract: ContractName,
  roles: readonly Hex[],
): Promise<Holders> {
  const events = modelRegistryAbi.filter(
    (entry) => entry.type === 'event' && (entry.name === 'RoleGranted' || entry.name === 'RoleRevoked'),
  );
  const logs = await publicClient.getLogs({
    address: deployment.contracts[contract].address,
    events,
    strict: true,
    fromBlock: BigInt(deployment.startBlock),
    toBlock: 'latest',
  });
  const found = new Map<Hex, Set<Address>>(roles.map((role) => [role, new Set()]));
  for (const { eventName, args } of logs) {
    const set = found.get(args.role) ?? new Set<Address>();
    found.set(args.role, set);
    if (eventName === 'RoleGranted') set.add(getAddress(args.account));
    else set.delete(getAddress(args.account));
  }
  await confirm(publicClient, deployment, contract, found);
  return found;
}

/** Asks the contract itself about the deployer, in case a node left out logs. */
async function confirm(
  publicClient: PublicClient,
  deployment: Deployment,
  contract: ContractName,
  found: ReadonlyMap<Hex, Set<Address>>,
): Promise<void> {
  const { address } = deployment.contracts[contract];
  const deployer = deployment.roles?.deployer;
  if (deployer === undefined) return;
  await Promise.all(
    [...found].map(async ([role, set]) => {
      const args = [role, deployer] as const;
      const keeps = await publicClient.readContract({
        address,
        abi: modelRegistryAbi,
        functionName: 'hasRole',
        args,
      });
      if (keeps) set.add(deployer);
    }),
  );
}

function compare(contract: string, wanted: Holders, found: Holders, deployer: Address): DeploymentFinding[] {
  const findings: DeploymentFinding[] = [];
  for (const [role, accounts] of found) {
    const name = ROLE_NAMES[role] ?? role;
    const right = wanted.get(role) ?? new Set<Address>();
    for (const account of accounts) {
      if (right.has(account)) continue;
      const code = account === deployer ? 'deployer-keeps-right' : 'right-unexpected';
      findings.push({ code, contract, message: `${account} holds ${name} of ${contract} and should not` });
    }
    for (const account of right) {
      if (accounts.has(account)) continue;
      findings.push({
        code: 'right-missing',
        contract,
        message: `${account} should hold ${name} of ${contract}`,
      });
    }
  }
  return findings;
}
