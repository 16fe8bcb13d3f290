import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forecastLedgerAbi, makePublicClient } from '@tallyhouse/chain';
import { forecastLeaf, merkleTree, type Hex } from '@tallyhouse/proofs';
import { registerVersion } from '../../apps/cli/src/governance/propose-version.js';
import { proposeScored } from '../../apps/cli/src/model/propose.command.js';
import { trainCandidate } from '../../apps/cli/src/model/train-candidate.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { ask } from './kit/api.js';
import { unmeasuredCandidate } from './kit/candidate.js';
import { moveTo, passSeconds } from './kit/chain-time.js';
import type { JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld, firstRow } from './kit/loop.js';
import { startInPastWeeks } from './kit/past-weeks.js';
import { delegateAll, inState } from './kit/vote.js';

interface Shadow {
  readonly state: string;
  readonly reason: string | null;
  readonly since: string | null;
  readonly runs: number;
  readonly scored: number;
  readonly mase: number | null;
  readonly running: { readonly versionIds: string[]; readonly pairs: number } | null;
  readonly pairedDifference: readonly Readonly<
    { measure: string; verdict: string } & Record<
      'candidate' | 'running' | 'difference' | 'low' | 'high',
      number
    >
  >[];
}

const SHADOW = `query S($id: ID!) { modelVersion(id: $id) { state shadow {
  state reason since runs scored mase running { versionIds pairs }
  pairedDifference { measure candidate running difference low high verdict } } } }`;
const RUNS = `query R($id: Hex, $isShadow: Boolean!) { forecastRuns(first: 20, versionId: $id, isShadow: $isShadow) {
  edges { node { id versionId isShadow firstTarget root commitment { blockTime } } } } }`;
const COMMITTED = `SELECT r.id, r.root, r.levels, r.as_of, r.first_target FROM forecast_run r
  JOIN forecast_committed c ON c.root = r.root AND c.version_id = r.version_id
  WHERE r.version_id = $1 AND r.is_shadow ORDER BY r.seq`;
const TRIED = `SELECT state, reason FROM model_shadow
  WHERE version_id = $1 AND (last_run_at IS NOT NULL OR state = 'REFUSED')`;
/** Errors of both on the forecasts that both made, straight from the rows. */
const ERRORS = `SELECT avg(s.abs_error / f.scale) AS candidate, avg(g.abs_error / f.scale) AS running, count(*)::int AS pairs
  FROM forecast_run r JOIN forecast_run b ON NOT b.is_shadow AND (b.as_of, b.data_sha256) = (r.as_of, r.data_sha256)
  JOIN forecast_score s ON s.run_id = r.id JOIN forecast f USING (run_id, series_id, step)
  JOIN forecast_score g ON (g.run_id, g.series_id, g.step) = (b.id, s.series_id, s.step)
  WHERE r.is_shadow AND r.version_id = $1`;

/** So few that every run is made in shards, as over a hundred thousand series. */
const SHARD_SERIES = 12;

interface CommittedRun {
  readonly id: string;
  readonly root: Hex;
  readonly levels: number[];
}

describe('a candidate runs in shadow before it is voted on', () => {
  let journey: JourneyStack;
  let nowS: number;
  let cutMs: number;
  let running: string;
  let candidate: Hex;
  let proposalId: string;

  beforeAll(async () => {
    ({ journey, nowS, cutMs } = await startInPastWeeks({ FORECAST_SHARD_SERIES: String(SHARD_SERIES) }));
    await delegateAll(journey);
  }, 300_000);
  afterAll(() => journey.stop(), 60_000);

  const shadowOf = async (id: string): Promise<Shadow> =>
    (await ask<{ modelVersion: { shadow: Shadow } }>(journey.stack, SHADOW, { id })).modelVersion.shadow;
  const versionsOfRuns = async (isShadow: boolean, id: string | null = null): Promise<string[]> => {
    const { forecastRuns } = await ask<{
      forecastRuns: {
        edges: {
          node: { versionId: string; firstTarget: string; commitment: { blockTime: string } | null };
        }[];
      };
    }>(journey.stack, RUNS, { id, isShadow });
    for (const { node } of forecastRuns.edges.filter(({ node: { commitment } }) => commitment !== null))
      expect(Date.parse(node.commitment!.blockTime)).toBeLessThan(Date.parse(node.firstTarget));
    return forecastRuns.edges.map(({ node }) => node.versionId);
  };

  it('once it is on chain it forecasts beside the version in force, and nobody is shown that as the forecast', async () => {
    const { stack, dataSource } = journey;
    const trained = await trainCandidate(stack, { dataSource, forecaster: 'theta', licence: 'MIT' });
    candidate = await registerVersion(stack, trained);
    const first = await firstRow(journey, 'a run in shadow or a refusal', TRIED, [candidate], 200_000);
    expect(first).toEqual({ state: 'RUNS', reason: null });
    await firstRow(journey, 'a committed run in shadow', COMMITTED, [candidate], 60_000);
    const { runs: made } = await shadowOf(candidate);
    expect(made).toBeGreaterThan(0);
    expect(await shadowOf(candidate)).toMatchObject({
      state: 'RUNS',
      reason: null,
      scored: 0,
      running: null,
    });
    running = (await versionsOfRuns(false))[0]!;
    expect(running).not.toBe(candidate);
    expect(await versionsOfRuns(false)).not.toContain(candidate);
    expect(new Set(await versionsOfRuns(true))).toEqual(new Set([candidate]));
    const { series } = await ask<{
      series: { edges: { node: { latestForecast: { run: { versionId: string } } | null } }[] };
    }>(
      stack,
      '{ series(filter: { measure: DEMAND, frequency: WEEKLY }, first: 50) { edges { node { latestForecast { run { versionId } } } } } }',
    );
    const shown = series.edges.flatMap(({ node }) => node.latestForecast?.run.versionId ?? []);
    expect(new Set(shown)).toEqual(new Set([running]));
  }, 300_000);

  it('what it said is under a root that the ledger holds for its version id', async () => {
    const [run]: CommittedRun[] = await journey.dataSource.query(COMMITTED, [candidate]);
    const rows: { series_id: Hex; target_start: Date; target_end: Date; quantiles: number[] }[] =
      await journey.dataSource.query(
        'SELECT series_id, target_start, target_end, quantiles FROM forecast WHERE run_id = $1 ORDER BY leaf_index',
        [run!.id],
      );
    const seconds = (time: Date): bigint => BigInt(time.getTime() / 1_000);
    const leaves = rows.map((row) =>
      forecastLeaf({
        seriesId: row.series_id,
        targetStart: seconds(row.target_start),
        targetEnd: seconds(row.target_end),
        levels: run!.levels,
        quantiles: row.quantiles,
      }),
    );
    const { root } = merkleTree(leaves);
    const { stack } = journey;
    const kept = await makePublicClient(stack.rpcUrl).readContract({
      address: stack.deployment.contracts.ForecastLedger.address,
      abi: forecastLedgerAbi,
      functionName: 'commitment',
      args: [root],
    });
    expect(kept).toMatchObject({ versionId: candidate, count: leaves.length });
  }, 60_000);

  it('both runs were made in shards, one by one', async () => {
    const { forecastProgress } = await ask<{
      forecastProgress: { isShadow: boolean; phase: string; shards: number; retries: number }[];
    }>(journey.stack, '{ forecastProgress(first: 50) { isShadow phase shards retries } }');
    for (const isShadow of [false, true]) {
      const [made] = forecastProgress.filter((run) => run.isShadow === isShadow && run.phase === 'STORED');
      expect(made).toMatchObject({ retries: 0 });
      expect(made!.shards).toBeGreaterThan(1);
    }
  }, 30_000);

  it('before anything of it is scored it is not proposed by the command', async () => {
    await expect(
      proposeScored(journey.stack, journey.dataSource, candidate, { withoutShadow: false }),
    ).rejects.toThrow(/has been scored yet: since .* 0 forecasts scored/);
  }, 60_000);

  it('a candidate whose file nobody has is refused with the reason, and disturbs nobody', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'tallyhouse-elsewhere-'));
    const missing = await registerVersion(journey.stack, await unmeasuredCandidate(elsewhere, 'ses'));
    await firstRow(
      journey,
      'the refusal',
      "SELECT 1 FROM model_shadow WHERE version_id = $1 AND state = 'REFUSED'",
      [missing],
    );
    expect(await shadowOf(missing)).toMatchObject({ state: 'REFUSED', runs: 0 });
    expect((await shadowOf(missing)).reason).toContain('ARTIFACT_MISSING');
    expect((await shadowOf(candidate)).state).toBe('RUNS');
    await rm(elsewhere, { recursive: true });
  }, 90_000);

  it('when the weeks are over both are scored, and its record stands beside that of what ran', async () => {
    await moveTo(journey.stack, nowS);
    await captureWorld(journey, ({ event }) => {
      const time = Date.parse(event.eventTime);
      return event.bizStep === 'retail_selling' && time >= cutMs && time < nowS * 1_000;
    });
    await allAnchored(journey);
    await firstRow(
      journey,
      'scores in shadow',
      'SELECT 1 FROM forecast_score s JOIN forecast_run r ON r.id = s.run_id WHERE r.version_id = $1 AND r.is_shadow',
      [candidate],
    );
    const shadow = await shadowOf(candidate);
    const [errors]: Record<'candidate' | 'running' | 'pairs', number>[] = await journey.dataSource.query(
      ERRORS,
      [candidate],
    );
    expect(shadow.scored).toBeGreaterThan(0);
    expect(shadow.running).toEqual({ versionIds: [running], pairs: errors!.pairs });
    const mase = shadow.pairedDifference.find(({ measure }) => measure === 'mase')!;
    expect(mase.candidate).toBeCloseTo(errors!.candidate, 9);
    expect(mase.running).toBeCloseTo(errors!.running, 9);
    expect(mase.difference).toBeCloseTo(errors!.candidate - errors!.running, 9);
    expect([mase.low, mase.difference, mase.high]).toEqual(
      [mase.low, mase.difference, mase.high].toSorted((a, b) => a - b),
    );
  }, 180_000);

  it('it goes to the vote with that in its words, and the proposal shows it', async () => {
    const { stack, dataSource } = journey;
    const proposed = await proposeScored(stack, dataSource, candidate, { withoutShadow: false });
    ({ proposalId } = proposed);
    expect(proposed.shadow).toMatch(/forecasts scored; MASE \d\.\d{3} against \d\.\d{3} of what ran/);
    await inState(journey, proposalId, 'PENDING');
    const { proposal } = await ask<{
      proposal: { description: string; modelDiff: { new: { version: { shadow: Shadow } } } };
    }>(
      stack,
      'query P($id: ID!) { proposal(id: $id) { description modelDiff { new { version { shadow { scored } } } } } }',
      { id: proposalId },
    );
    expect(proposal.description).toContain(`| in shadow | ${proposed.shadow} |`);
    expect(proposal.modelDiff.new.version.shadow.scored).toBeGreaterThan(0);
  }, 90_000);

  (browserPresent() ? it : it.skip)(
    'the page of the proposal says how it did beside what ran',
    async () => {
      const browser = await openBrowser();
      try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        await page.goto(`${journey.stack.apiUrl}/governance/${proposalId}`);
        const sheet = page.getByRole('region', { name: 'In shadow' });
        await sheet.getByText('Ran in shadow since').waitFor();
        await sheet.getByText(/forecasts scored, of \d+ runs? fixed on chain before the outcome/).waitFor();
        await sheet.getByRole('rowheader', { name: 'MASE' }).waitFor();
      } finally {
        await browser.close();
      }
    },
    90_000,
  );

  it('a lost vote ends it, and its record stays', async () => {
    const { stack } = journey;
    const { votingDelayS, votingPeriodS } = stack.deployment.parameters;
    const before = await shadowOf(candidate);
    await passSeconds(stack, votingDelayS + votingPeriodS + 2);
    await inState(journey, proposalId, 'DEFEATED');
    await firstRow(
      journey,
      'the end',
      "SELECT 1 FROM model_shadow WHERE version_id = $1 AND state = 'ENDED'",
      [candidate],
    );
    const after = await shadowOf(candidate);
    expect(after).toMatchObject({ state: 'ENDED', reason: 'the vote on it was lost or called off' });
    expect(after.scored).toBeGreaterThanOrEqual(before.scored);
    expect(after.since).toBe(before.since);
  }, 90_000);
});
