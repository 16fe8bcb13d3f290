import { readFile } from 'node:fs/promises';
import {
  ANOMALY_FAMILY,
  PARAMETER_FIELDS,
  parseParameters,
  readParameters,
  SHIPPED_EVENT_PARAMETERS,
  SHIPPED_PARAMETERS,
  type AnomalyParameterSet,
} from '@tallyhouse/anomalies';
import { FileArtifactStore, runningVersions } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';

const HASH = /^(0x)?([0-9a-f]{64})$/i;
const CHANGE = /^([a-zA-Z.-]+)=(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/;

/**
 * Reads parameters from a file as somebody edited it, or by the hash of an artifact in the store.
 *
 * @throws AnomaliesError PARAMETERS_MALFORMED naming the field
 */
export async function openParameters(
  fileOrHash: string,
  artifactFolder: string | undefined,
): Promise<AnomalyParameterSet> {
  const digits = HASH.exec(fileOrHash)?.[2];
  if (digits === undefined) {
    const bytes = await readFile(fileOrHash).catch(() => {
      throw new CliError(
        `${fileOrHash} cannot be read`,
        'write a file first: ./tallyhouse anomaly parameters --out parameters.json',
      );
    });
    return parseParameters(bytes);
  }
  if (artifactFolder === undefined)
    throw new CliError(`${fileOrHash} lies in the store of a running world`, 'leave out --out');
  return readParameters(await new FileArtifactStore(artifactFolder).get(`0x${digits.toLowerCase()}` as Hex));
}

/** The parameters in force; before any version was taken up those that come with the program. */
export async function parametersInForce(
  dataSource: DataSource,
  artifactFolder: string,
): Promise<AnomalyParameterSet> {
  const [row] = await runningVersions(dataSource, [ANOMALY_FAMILY]);
  if (!row) return SHIPPED_PARAMETERS;
  return readParameters(await new FileArtifactStore(artifactFolder).get(row.artifactSha256));
}

/**
 * The parameters with some numbers changed. A change of events puts the section of events into a file that has none.
 *
 * @param changes as `readings.alarmNovelty=3`
 * @throws CliError when one names no parameter; AnomaliesError PARAMETERS_MALFORMED when a number is out of bounds
 */
export function withChanges(set: AnomalyParameterSet, changes: readonly string[]): AnomalyParameterSet {
  const file = JSON.parse(new TextDecoder().decode(set.toBytes())) as Record<string, unknown>;
  for (const change of changes) {
    const [, name, value] = CHANGE.exec(change) ?? [];
    if (name === undefined || !PARAMETER_FIELDS.some((field) => field.name === name))
      throw new CliError(
        `${change}: no change of a parameter`,
        'write it as readings.alarmNovelty=3; ./tallyhouse anomaly parameters lists all names',
      );
    if (name.startsWith('events.')) file['events'] ??= { ...SHIPPED_EVENT_PARAMETERS };
    put(file, name.split('.'), Number(value));
  }
  return parseParameters(new TextEncoder().encode(JSON.stringify(file)));
}

function put(node: Record<string, unknown>, [name, ...rest]: readonly string[], value: number): void {
  if (rest.length === 0) node[name!] = value;
  else put(node[name!] as Record<string, unknown>, rest, value);
}
