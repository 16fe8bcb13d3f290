import type { Command } from 'commander';
import { ANOMALY_FAMILY } from '@tallyhouse/anomalies';
import { LATENESS, ShadowReader } from '@tallyhouse/forecasting';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';
import { proposeActivation } from '../governance/propose-version.js';
import { localContext, type LocalContext } from '../local-context.js';
import { DEFAULT_STATE_DIR } from '../paths.js';
import { connect } from '../up/seed.js';
import { registeredVersion } from './registered-version.js';
import { shadowWords } from './shadow-words.js';

/** `tallyhouse model propose <hash>` */
export function addProposeCommand(model: Command): void {
  model
    .command('propose <hash>')
    .description('put a registered version to the vote, once its forecasts in shadow have been scored')
    .option('--state-dir <folder>', 'folder of the running ./tallyhouse up', DEFAULT_STATE_DIR)
    .option('--without-shadow', 'although none was; the proposal then says so', false)
    .action(propose);
}

async function propose(
  hash: string,
  options: { readonly stateDir: string; readonly withoutShadow: boolean },
): Promise<void> {
  const digits = /^(0x)?([0-9a-f]{64})$/i.exec(hash)?.[2];
  if (digits === undefined)
    throw new CliError(`${hash} is no hash`, 'give the 64 hexadecimal digits of the artifact or the version');
  const context = await localContext(options.stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    const proposed = await proposeScored(context, dataSource, `0x${digits.toLowerCase()}`, options);
    process.stdout.write(
      `proposal ${proposed.proposalId}\n  in shadow: ${proposed.shadow}\n  vote: ./tallyhouse vote ${proposed.proposalId} for --as alice\n`,
    );
  } finally {
    await dataSource.destroy();
  }
}

/**
 * Proposes a registered version with what its time in shadow says.
 *
 * @throws CliError when none of its forecasts was scored, unless told to go without
 */
export async function proposeScored(
  context: LocalContext,
  dataSource: DataSource,
  hash: Hex,
  { withoutShadow }: { readonly withoutShadow: boolean },
): Promise<{ readonly proposalId: string; readonly shadow: string }> {
  const version = await registeredVersion(context, dataSource, hash);
  if (version.family === ANOMALY_FAMILY) {
    const { proposalId } = await proposeActivation(context, version);
    return { proposalId, shadow: 'parameters of detectors forecast nothing' };
  }
  if (version.forecaster === LATENESS) {
    const { proposalId } = await proposeActivation(context, version);
    return { proposalId, shadow: 'it tells of deliveries and forecasts no series' };
  }
  const reader = new ShadowReader(dataSource);
  const [record] = await reader.records([version.versionId]);
  const [comparison] = await reader.comparisons([version.versionId]);
  const shadow = shadowWords(record, comparison);
  if (!record?.scored && !withoutShadow) throw unscored(version.versionId, shadow);
  const { proposalId } = await proposeActivation(context, version, shadow);
  return { proposalId, shadow };
}

function unscored(versionId: string, shadow: string): CliError {
  return new CliError(
    `no forecast of ${versionId} in shadow has been scored yet: ${shadow}`,
    'wait until the first periods that it forecast are over, or say --without-shadow',
  );
}
