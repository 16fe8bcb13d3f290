import { encodeAbiParameters, keccak256, stringToHex } from 'viem';
import type { Address, Hex } from 'viem';
import type { ContractName } from '../deployment.js';
import { modelRegistryAbi, partnerRegistryAbi } from '../generated/index.js';
import type { DeploymentContent, FamilySpec, PartnerSpec } from './deploy-options.js';
import { PROPOSER_ROLE } from './roles.js';
import { callStep } from './step.js';
import type { DeployStep } from './step.js';

const NEVER = 2n ** 64n - 1n;

/** Registers the partners, their submitters, the families and the versions they start with. */
export function contentSteps(
  content: DeploymentContent,
  addresses: Readonly<Record<ContractName, Address>>,
  deployer: Address,
): DeployStep[] {
  const { families, partners = [] } = content;
  const registry = addresses.ModelRegistry;
  const proposes = families.some((family) => family.genesis !== undefined)
    ? [callStep('propose as deployer', registry, modelRegistryAbi, 'grantRole', [PROPOSER_ROLE, deployer])]
    : [];
  return [
    ...partners.flatMap((partner) => partnerSteps(partner, addresses.PartnerRegistry)),
    ...proposes,
    ...families.flatMap((family) => familySteps(family, registry)),
  ];
}

function partnerSteps(spec: PartnerSpec, registry: Address): DeployStep[] {
  const { partner, gln, name, metadataHash, submitters } = spec;
  return [
    callStep(`register partner ${name}`, registry, partnerRegistryAbi, 'registerPartner', [
      partner,
      gln,
      name,
      metadataHash,
    ]),
    ...submitters.map((given) => {
      const key = typeof given === 'string' ? { submitter: given } : given;
      return callStep(`set submitter of ${name}`, registry, partnerRegistryAbi, 'setSubmitter', [
        partner,
        key.submitter,
        BigInt(key.validFromS ?? 0),
        key.validUntilS === undefined ? NEVER : BigInt(key.validUntilS),
      ]);
    }),
  ];
}

function familySteps({ name, genesis }: FamilySpec, registry: Address): DeployStep[] {
  const family = keccak256(stringToHex(name));
  const register = callStep(`register family ${name}`, registry, modelRegistryAbi, 'registerFamily', [name]);
  if (genesis === undefined) return [register];
  const { artifactSha256, reportSha256, dataRoot, dataBlock, uri } = genesis;
  return [
    register,
    callStep(`propose first version of ${name}`, registry, modelRegistryAbi, 'proposeVersion', [
      family,
      artifactSha256,
      reportSha256,
      dataRoot,
      BigInt(dataBlock),
      uri,
    ]),
    callStep(`activate first version of ${name}`, registry, modelRegistryAbi, 'activate', [
      versionOf(family, artifactSha256),
    ]),
  ];
}

function versionOf(family: Hex, artifactSha256: Hex): Hex {
  return keccak256(encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [family, artifactSha256]));
}
