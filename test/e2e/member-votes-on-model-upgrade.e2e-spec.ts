import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelRegistryAbi } from '@tallyhouse/chain';
import { familyId } from '@tallyhouse/proofs';
import { send } from '../../apps/cli/src/governance/member-actions.js';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import { repeatEvaluation } from '../../apps/cli/src/model/repeat-evaluation.js';
import { trainCandidate, type TrainedCandidate } from '../../apps/cli/src/model/train-candidate.js';
import { browserPresent } from '../web/browser.js';
import { ask } from './kit/api.js';
import { tallyhouse } from './kit/command-line.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld, firstRow } from './kit/loop.js';
import { plansOf } from './kit/plans.js';
import { delegateAll, voteThrough } from './kit/vote.js';
import { askOnPage, askWhatIf, type WhatIf } from './kit/what-if.js';

interface Model {
  readonly name: string;
  readonly active: { readonly id: string; readonly proposal: { readonly id: string } | null };
  readonly runtime: { readonly state: string; readonly runningVersionId: string };
}

interface Diff {
  readonly comparison: {
    readonly lines: readonly Readonly<
      { group: string; measure: string } & Record<'low' | 'difference' | 'high', number>
    >[];
    readonly worse: readonly unknown[];
  };
}

interface Heard {
  readonly whatIfVersions: readonly object[];
  readonly forecast: { readonly run: object; readonly points: readonly { readonly method: string }[] };
}

interface Run {
  readonly versionId: string;
  readonly proposalId: string | null;
  readonly count: number;
  readonly commitment: { readonly blockNumber: string } | null;
}

const MODELS = '{ models { name active { id proposal { id } } runtime { state runningVersionId } } }';
const RUNS =
  '{ forecastRuns(first: 20) { edges { node { versionId proposalId count commitment { blockNumber } } } } }';
const COMMITTED =
  'SELECT 1 FROM forecast_run r JOIN forecast_committed c ON c.root = r.root WHERE r.version_id = $1';
const DIFF = `query D($id: ID!) { proposal(id: $id) { modelDiff {
  family
  old { version { id } artifact { state bytes } report { state } forecaster record { runs } }
  new { version { id } trainedBy artifact { sha256 state bytes } report { sha256 state } forecaster licence record { runs } }
  comparison { isAgainstOld confidence tolerance lines { group series measure old new difference low high verdict }
    worse { group measure } }
} } }`;
const HEARD = `query H($id: ID!) { whatIfVersions { versionId state isRunning covariates { name kind } }
  forecast(seriesId: $id) { run { versionId proposalId } points { method } } }`;
const TAKEN = [
  { name: 'price', kind: 'RELATIVE' },
  { name: 'promotion', kind: 'PLAIN' },
];
const CHANGES = 'price -20 %, promotion = 1';
const OWN_RUN = 'SELECT 1 FROM forecast_run WHERE version_id = $1 AND NOT is_shadow';
const SHADOW_RUN = 'SELECT 1 FROM forecast_run WHERE version_id = $1 AND is_shadow';
const TOTAL = "SELECT id FROM series WHERE (grain, measure, frequency) = ('TOTAL', 'DEMAND', 'WEEKLY')";
const MONTHS = 14;

describe('a member votes on a model upgrade', () => {
  let journey: JourneyStack;
  let genesisVersion: string;
  let proposal: { proposalId: string; versionId: string };
  let candidate: TrainedCandidate;
  let tide: string;
  let seriesId: string;
  let heardBefore: WhatIf['points'];

  beforeAll(async () => {
    journey = await startJourney({
      world: { seed: 3, start: monthsAgo(MONTHS), months: MONTHS, scale: 0.01 },
    });
    await captureWorld(journey, ({ event }) => event.bizStep === 'retail_selling');
    await allAnchored(journey);
    await delegateAll(journey);
  }, 300_000);
  afterAll(() => journey.stop(), 60_000);

  const models = async (): Promise<Model> =>
    (await ask<{ models: Model[] }>(journey.stack, MODELS)).models.find(({ name }) => name === 'demand')!;
  const runs = async (): Promise<Run[]> =>
    (await ask<{ forecastRuns: { edges: { node: Run }[] } }>(journey.stack, RUNS)).forecastRuns.edges.map(
      ({ node }) => node,
    );

  const onPage = (width: number, colorScheme: 'light' | 'dark'): ReturnType<typeof askOnPage> => {
    const url = `${journey.stack.apiUrl}/forecasts/${seriesId}`;
    return askOnPage({ url, width, colorScheme, changes: CHANGES });
  };

  it('the version of the deployment runs first and its forecasts are committed on chain', async () => {
    const { active, runtime } = await models();
    genesisVersion = active.id;
    expect(active.proposal).toBeNull();
    // Nothing was delivered to learn lateness from; its family waits for a first vote.
    const { models: families } = await ask<{ models: object[] }>(
      journey.stack,
      '{ models { name active { id } versions { id } } }',
    );
    expect(families).toContainEqual({ name: 'lead-time', active: null, versions: [] });
    expect(runtime).toEqual({ state: 'RUNNING', runningVersionId: genesisVersion });
    await firstRow(journey, 'the first forecast committed', COMMITTED, [genesisVersion]);
    const run = (await runs()).find(({ commitment }) => commitment !== null);
    expect(run).toMatchObject({ versionId: genesisVersion, proposalId: null });
    expect(run!.count).toBeGreaterThan(0);
    expect(Number(run!.commitment!.blockNumber)).toBeGreaterThan(0);
  }, 120_000);

  it('a trained candidate is proposed, voted, queued and executed', async () => {
    const { stack, dataSource } = journey;
    candidate = await trainCandidate(stack, { dataSource, forecaster: 'theta', licence: 'MIT' });
    expect(candidate.report.models[candidate.label]!.overall.mase).not.toBeNull();
    proposal = await proposeVersion(stack, candidate);
    await voteThrough(journey, proposal.proposalId);
    const { proposal: shown } = await ask<{ proposal: Record<string, unknown> }>(
      stack,
      `query P($id: ID!) { proposal(id: $id) { state forVotes againstVotes votes(first: 5) { edges { node { support reason weight } } }
        modelChange { family fromVersion { id } toVersion { id } } } }`,
      { id: proposal.proposalId },
    );
    expect(shown).toMatchObject({
      state: 'EXECUTED',
      forVotes: `${750_000n * 10n ** 18n}`,
      againstVotes: `${250_000n * 10n ** 18n}`,
      modelChange: { toVersion: { id: proposal.versionId } },
    });
  }, 180_000);

  it('the proposal shows both versions and where the new one is worse', async () => {
    const { proposal: shown } = await ask<{ proposal: { modelDiff: Diff } }>(journey.stack, DIFF, {
      id: proposal.proposalId,
    });
    const { modelDiff } = shown;
    expect(modelDiff).toMatchObject({
      family: 'demand',
      old: { version: { id: genesisVersion }, artifact: { state: 'IN_STORE' }, forecaster: 'seasonal-naive' },
      new: {
        version: { id: proposal.versionId },
        trainedBy: journey.stack.accounts.proposer.address.toLowerCase(),
        artifact: { sha256: candidate.artifactSha256, state: 'IN_STORE' },
        report: { sha256: candidate.reportSha256, state: 'IN_STORE' },
        ...{ forecaster: 'theta', licence: 'MIT' },
      },
      comparison: { isAgainstOld: true, confidence: 0.9, tolerance: 1e-6 },
    });
    const { lines, worse } = modelDiff.comparison;
    expect(lines.filter(({ group }) => group === 'overall').map(({ measure }) => measure)).toContain('mase');
    for (const { low, difference, high } of lines)
      expect([low, difference, high]).toEqual([low, difference, high].toSorted((a, b) => a - b));
    expect(worse).toHaveLength(lines.filter(({ low }) => low > 0).length);
  }, 60_000);

  it('anybody measures the candidate again and finds the same, or sees on what it differs', async () => {
    const { stack, dataSource } = journey;
    const again = (): ReturnType<typeof repeatEvaluation> =>
      repeatEvaluation(stack, dataSource, candidate.artifactSha256);
    const same = await again();
    expect(same.reportSha256).toBe(candidate.reportSha256);
    expect(same.differences).toEqual([]);
    const change = (by: number): Promise<unknown> =>
      dataSource.query(
        `UPDATE event_item SET quantity = coalesce(quantity, 1) + $1 WHERE (event_time, event_id) IN (
           SELECT event_time, id FROM epcis_event WHERE biz_step = 'retail_selling' ORDER BY event_time, id LIMIT 1)`,
        [by],
      );
    await change(1_000);
    const other = await again();
    expect(other.differences.map(({ path }) => path)).toContain('panelSha256');
    await change(-1_000);
    await expect(repeatEvaluation(stack, dataSource, `0x${'00'.repeat(32)}`)).rejects.toThrow(/no version/);
  }, 180_000);

  it('what was voted is what runs, and the next forecasts carry version and proposal', async () => {
    await firstRow(journey, 'the voted version forecast and committed', COMMITTED, [proposal.versionId]);
    const { active, runtime } = await models();
    expect(active).toEqual({ id: proposal.versionId, proposal: { id: proposal.proposalId } });
    expect(runtime).toEqual({ state: 'RUNNING', runningVersionId: proposal.versionId });
    const after = await runs();
    expect(after.find((run) => run.versionId === proposal.versionId)).toMatchObject({
      proposalId: proposal.proposalId,
    });
    expect(after.find((run) => run.versionId === genesisVersion)).toMatchObject({ proposalId: null });
  }, 120_000);

  it('the guardian goes back to the version before, and the worker follows', async () => {
    const { stack } = journey;
    const { address } = stack.deployment.contracts.ModelRegistry;
    const call = { address, abi: modelRegistryAbi, functionName: 'rollback', args: [familyId('demand')] };
    await expect(send(stack, stack.accounts.members[0]!, call)).rejects.toThrow(/refused/);
    await send(stack, stack.accounts.guardian, call);
    await firstRow(
      journey,
      'the version before runs again',
      "SELECT 1 FROM model_runtime WHERE family = 'demand' AND state = 'RUNNING' AND running_version_id = $1",
      [genesisVersion],
    );
  }, 120_000);

  it('a partner says its prices and promotions, and an analyst trains a network that takes them', async () => {
    const { state } = journey.stack;
    const place = ['--state-dir', state.path];
    const { partner, csv } = plansOf(journey);
    const file = join(state.path, 'plans.csv');
    await writeFile(file, csv);
    const said = await tallyhouse(['import', 'covariates', file, '--partner', partner, ...place]);
    expect(said).toBe(`${csv.trim().split('\n').length - 1} statements kept\n`);
    const training = ['--forecaster', 'tide', '--covariates', 'price,promotion', '--steps', '10'];
    const trained = await tallyhouse(['model', 'train', ...training, '--register', ...place]);
    tide = /^version +(0x[0-9a-f]{64})$/m.exec(trained)![1]!;
    expect(trained).toContain(`./tallyhouse model propose ${tide}`);
  }, 300_000);

  it('a member asks the candidate what if before the vote, and is told that it is not in force', async () => {
    const [total]: { id: string }[] = await journey.dataSource.query(TOTAL);
    seriesId = total!.id;
    await firstRow(journey, 'a run in shadow', SHADOW_RUN, [tide]);
    const whatIf = await askWhatIf(journey, { seriesId, changes: CHANGES, versionId: tide });
    expect(whatIf).toMatchObject({ versionId: tide, state: 'PROPOSED', run: { isShadow: true } });
    const [first] = whatIf.points;
    expect(first!.changed.mean).not.toBe(first!.planned.mean);
    expect(first!.stored).not.toBeNull();
    heardBefore = whatIf.points;
    if (!browserPresent()) return;
    const { answer, faults } = await onPage(1280, 'light');
    expect(answer).toContain('It is not in force and never was');
    expect(faults).toEqual([]);
  }, 120_000);

  it('members vote it in, the worker switches to it, and its run forecasts by what was said', async () => {
    const place = ['--state-dir', journey.stack.state.path];
    const proposed = await tallyhouse(['model', 'propose', tide, '--without-shadow', ...place]);
    const proposalId = /^proposal (\d+)$/m.exec(proposed)![1]!;
    await voteThrough(journey, proposalId);
    await firstRow(journey, 'a run of the network', OWN_RUN, [tide]);
    expect((await models()).runtime).toEqual({ state: 'RUNNING', runningVersionId: tide });
    const { forecast, whatIfVersions } = await ask<Heard>(journey.stack, HEARD, { id: seriesId });
    expect(forecast.run).toMatchObject({ versionId: tide, proposalId });
    expect(new Set(forecast.points.map(({ method }) => method))).toEqual(new Set(['tide']));
    const whatIf = await askWhatIf(journey, { seriesId, changes: CHANGES });
    // The same file says the same, in whichever process it is asked.
    const means = ({ planned, changed }: WhatIf['points'][number]): number[] => [planned.mean, changed.mean];
    expect(whatIf).toMatchObject({ versionId: tide, state: 'ACTIVE', run: { isShadow: false } });
    expect(whatIf.points.map(means)).toEqual(heardBefore.map(means));
    expect(whatIfVersions).toEqual([
      { versionId: tide, state: 'ACTIVE', isRunning: true, covariates: TAKEN },
    ]);
  }, 120_000);

  (browserPresent() ? it : it.skip)(
    'the page of a forecast tells what a price would change, and axe finds nothing wrong with it',
    async () => {
      for (const [width, colours] of [[1280, 'light'] as const, [390, 'dark'] as const]) {
        const { answer, faults } = await onPage(width, colours);
        expect(answer).toMatch(/^price -20 %, promotion = 1: [\d,.]+ in all instead of [\d,.]+, .*\.$/m);
        expect(answer).not.toContain('never was');
        expect(faults).toEqual([]);
      }
    },
    90_000,
  );
});

/** First day of a world that ends today, `YYYY-MM-DD`. */
function monthsAgo(months: number): string {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months, today.getUTCDate()))
    .toISOString()
    .slice(0, 10);
}
