import { readFile } from 'node:fs/promises';
import { hasValidCheckDigit } from '@tallyhouse/epcis';
import { getAddress, isAddress, keccak256, parseEther, toBytes } from 'viem';
import { z } from 'zod';
import { CliError } from '../cli.errors.js';

const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'expected an address, 0x and 40 hex digits')
  .transform((text) => getAddress(text));
const wholeTokens = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,18})?$/, 'expected tokens in decimal, such as "400000"');
const seconds = z.int().nonnegative();

const schema = z.strictObject({
  network: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens'),
  parameters: z.strictObject({
    votingDelayS: seconds,
    votingPeriodS: seconds.positive(),
    timelockDelayS: seconds,
    quorumPercent: z.int().min(1).max(100),
    proposalThreshold: wholeTokens.transform((tokens) => parseEther(tokens).toString()),
    lateQuorumExtensionS: seconds,
    guardianSunset: z.iso
      .datetime({ error: 'expected a time in UTC, such as "2028-01-01T00:00:00Z"' })
      .transform((time) => Math.floor(Date.parse(time) / 1000)),
  }),
  holders: z
    .array(z.strictObject({ address, tokens: wholeTokens.transform((tokens) => parseEther(tokens)) }))
    .min(1),
  partners: z
    .array(
      z
        .strictObject({
          partner: address,
          gln: z
            .string()
            .refine(
              (gln) => /^\d{13}$/.test(gln) && hasValidCheckDigit(gln),
              'expected a GLN: 13 digits, the last the check digit',
            ),
          name: z.string().min(1).max(200),
          submitters: z.array(address),
        })
        .transform((partner) => ({
          ...partner,
          metadataHash: keccak256(toBytes(JSON.stringify({ name: partner.name }))),
        })),
    )
    .default([]),
  guardian: address,
  proposers: z.array(address),
  committers: z.array(address),
});

/** What a network begins with; see contracts/deployments/README.md. */
export type DeploymentPlanFile = z.infer<typeof schema>;

/**
 * Reads a plan of a deployment.
 *
 * @throws CliError naming each field that is wrong
 */
export async function readDeploymentPlan(path: string): Promise<DeploymentPlanFile> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(
      `${path} cannot be read`,
      'give the path of a plan as contracts/deployments/README.md shows it',
    );
  });
  return parseDeploymentPlan(text);
}

/** As {@link readDeploymentPlan}, from the file's text. */
export function parseDeploymentPlan(text: string): DeploymentPlanFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CliError('the plan is no JSON', 'mend the file; contracts/deployments/README.md shows one');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
  );
  throw new CliError(`the plan cannot be used (${places.join('; ')})`, 'mend these fields; nothing was sent');
}
