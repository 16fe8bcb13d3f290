import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gtin, lgtin, sgln, type EpcisEvent } from '@tallyhouse/epcis';
import { toDocument } from '@tallyhouse/simulation';
import { startPostgres } from '@tallyhouse/testing';
import { castVote } from '../../apps/cli/src/governance/member-actions.js';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import type { Stack } from '../../apps/cli/src/up/stack.js';
import { ask, captureByApi } from './kit/api.js';
import { unmeasuredCandidate } from './kit/candidate.js';
import { passSeconds, rpc } from './kit/chain-time.js';
import { tallyhouse } from './kit/command-line.js';
import { documentedAnswers, settled, type Answers } from './kit/documented-answers.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld, firstRow } from './kit/loop.js';
import { delegateAll, inState } from './kit/vote.js';

const MILL = sgln('9521141000014');
const [LOT, LATE_LOT] = ['L7', 'L8'].map((lot) => lgtin(gtin('9521141', '01234'), lot)) as [string, string];
const ASKED = [
  ...['Events', 'Event', 'Item', 'Proof', 'Trace', 'Job', 'Texts'],
  ...['Series', 'Forecast', 'TrackRecord', 'Record', 'Models', 'Version', 'Backtest'],
  ...['Proposals', 'Proposal', 'Delegates', 'Account', 'Power'],
];
const FINDINGS = `{ findings(filter: { rule: "R13" }) { edges { node { id severity state explanation
  evidence { id } history { kind state changedAt } } } } }`;
const ADD_TEXT = 'mutation A($texts: [NewText!]!) { addTexts(texts: $texts) { stored } }';
const BUNDLE = 'query B($id: ID!) { proofBundle(eventId: $id) }';
const ALL_FINAL = `SELECT 1 FROM chain_checkpoint WHERE final_number >= (SELECT max(block_number) FROM trace_anchored)`;
const COMMITTED = `SELECT f.series_id AS series, r.version_id AS version FROM forecast_run r
  JOIN forecast_committed c ON c.root = r.root JOIN forecast f ON f.run_id = r.id ORDER BY f.leaf_index LIMIT 1`;

const storedLot = (lot: string, day: number): EpcisEvent => ({
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'storing' },
  ...{ eventTime: `2025-10-0${day}T07:00:00Z`, eventTimeZoneOffset: '+00:00' },
  ...{ readPoint: { id: MILL }, bizLocation: { id: MILL } },
  quantityList: [{ epcClass: lot, quantity: 40, uom: 'KGM' }],
});
/** The GLN in the document's number has a wrong check digit, which is a finding. */
const FAULTY = [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:9521141000015:DA-1' }];

/** A proof bundle; of two of one event only these parts may differ. */
interface Bundle {
  /** What the node keeps of the state of old blocks is its own affair. */
  readonly rights: object | null;
  /** Names the last block that the index had. */
  readonly stated: { readonly asOfBlock: number };
}

describe('an operator restores a backup', () => {
  let journey: JourneyStack;
  let apiKey: string;
  let proposalId: string;
  let eventId: string;
  let values: Readonly<Record<string, unknown>>;
  let before: Answers;
  let bundle: Bundle;
  let digest: string;

  const backup = (): string => join(journey.stack.state.path, 'backup.tar');
  const late = toDocument([storedLot(LATE_LOT, 9)], '2025-10-10T00:00:00Z');
  const answers = async (): Promise<Answers> => {
    const documented = await documentedAnswers(journey.stack, ASKED, values, {
      Events: { filter: { item: LOT, status: 'FINAL' } },
      Proposals: { filter: { family: 'demand' } },
      Account: { range: null },
    });
    return {
      ...documented,
      Findings: JSON.stringify(await ask(journey.stack, FINDINGS)),
      Artifact: await artifactHex(journey.stack, documented['Version']!),
    };
  };
  const bundleNow = async (): Promise<Bundle> =>
    (await ask<{ proofBundle: Bundle }>(journey.stack, BUNDLE, { id: eventId })).proofBundle;

  beforeAll(async () => {
    journey = await startJourney({
      // It ends now: only forecasts of what is to come are committed.
      world: { seed: 3, start: daysAgo(124), months: 4, scale: 0.01 },
      environment: { FINALITY: '1' },
      startDatabase: undefined,
    });
    const { stack, apiKeys } = journey;
    apiKey = apiKeys[stack.accounts.partner(0).address.toLowerCase()]!;
    await captureWorld(journey, ({ event }) => event.bizStep === 'retail_selling');
    await journey.dataSource.query(
      `INSERT INTO site (uri, name, country, kind, partner) VALUES ($1, 'Mill', 'NL', 'plant', $2)`,
      [MILL, stack.accounts.partner(0).address.toLowerCase()],
    );
    const faulty = { ...storedLot(LOT, 8), bizTransactionList: FAULTY };
    const job = await captureByApi(stack, toDocument([faulty], '2025-10-09T00:00:00Z'), apiKey);
    await ask(stack, ADD_TEXT, { texts: [text()] }, apiKey);
    await delegateAll(journey);
    const candidate = await unmeasuredCandidate(stack.artifactFolder);
    ({ proposalId } = await proposeVersion(stack, candidate));
    await passSeconds(stack, stack.deployment.parameters.votingDelayS + 1);
    await castVote(stack, stack.accounts.members[0]!, BigInt(proposalId), 'for', 'better');
    ({ eventId, values } = await thingsToAskFor(journey, job.id, proposalId));
  }, 300_000);
  afterAll(() => journey?.stop(), 60_000);

  it('writes everything into one file while all of it runs, and tells its digest', async () => {
    const environment = { DATABASE_URL: journey.stack.databaseUrl };
    const place = ['--state-dir', journey.stack.state.path];
    const said = await tallyhouse(['backup', '--out', backup(), ...place], environment);
    digest = /digest ([0-9a-f]{64})/.exec(said)![1]!;
    expect(said).toMatch(/[1-9]\d+ rows of \d+ tables, [1-9]\d* model files;/);
  }, 120_000);

  it('has the same digest after everything is lost and restored', async () => {
    await captureAndAnchor(late);
    await castVote(
      journey.stack,
      journey.stack.accounts.members[2]!,
      BigInt(proposalId),
      'against',
      'too new',
    );
    await firstRow(journey, 'the late vote', `SELECT 1 FROM vote_cast WHERE reason = 'too new'`);
    before = await settled(answers);
    bundle = await bundleNow();
    journey = await journey.startAgain(async ({ state }) => {
      await rm(state.postgres, { recursive: true });
      await rm(state.artifacts, { recursive: true });
      const postgres = await startPostgres({ dir: state.postgres });
      try {
        const environment = { DATABASE_URL: await postgres.createDatabase('tallyhouse') };
        const place = ['--state-dir', state.path];
        await tallyhouse(['restore', '--from', backup(), '--digest', digest, ...place], environment);
        expect(await tallyhouse(['digest', ...place], environment)).toContain(`rows: ${digest}`);
      } finally {
        await postgres.stop();
      }
    });
  }, 300_000);

  it('gives the same answers byte for byte, with the vote that came after the backup', async () => {
    await firstRow(journey, 'the late vote', `SELECT 1 FROM vote_cast WHERE reason = 'too new'`);
    expect(await settled(answers)).toEqual(before);
  }, 120_000);

  it('takes what was lost once more, and anchors it after what the chain has of its sender', async () => {
    const [last] = await journey.dataSource.query(
      'SELECT max(seq)::int AS seq FROM trace_anchored WHERE partner = (SELECT partner FROM epcis_event WHERE id = $1)',
      [eventId],
    );
    expect(await captureAndAnchor(late)).toMatchObject({ state: 'SUCCEEDED', stored: 1 });
    const [batch] = await journey.dataSource.query(
      'SELECT seq::int FROM anchor_batch ORDER BY id DESC LIMIT 1',
    );
    expect(batch).toEqual({ seq: last.seq + 1 });
    expect(await captureByApi(journey.stack, late, apiKey)).toMatchObject({ stored: 0 });
    expect(await answers()).toEqual(before);
  }, 120_000);

  it('proves what it proved, and a bundle from before holds', async () => {
    const { rights, stated, ...again } = await bundleNow();
    expect({ ...again, rights: bundle.rights, stated: bundle.stated }).toEqual(bundle);
    expect({ ...stated, asOfBlock: 0 }).toEqual({ ...bundle.stated, asOfBlock: 0 });
    expect(rights).not.toBeUndefined();
    const { event } = JSON.parse(before['Event']!) as { event: { anchor: { blockNumber: string } } };
    const number = `0x${BigInt(event.anchor.blockNumber).toString(16)}`;
    const { hash } = (await rpc(journey.stack, 'eth_getBlockByNumber', [number, false])) as { hash: string };
    const path = join(journey.stack.state.path, 'bundle.json');
    await writeFile(path, JSON.stringify(bundle));
    expect(await tallyhouse(['verify', path, '--header', hash])).toContain('valid as of block');
  }, 120_000);

  async function captureAndAnchor(document: object): ReturnType<typeof captureByApi> {
    const job = await captureByApi(journey.stack, document, apiKey);
    await allAnchored(journey);
    await firstRow(journey, 'every batch final', ALL_FINAL);
    return job;
  }
});

/** Waits until every stage had its turn, and picks what is asked for. */
async function thingsToAskFor(
  journey: JourneyStack,
  job: string,
  proposal: string,
): Promise<{ eventId: string; values: Readonly<Record<string, unknown>> }> {
  await inState(journey, proposal, 'ACTIVE');
  await allAnchored(journey);
  await firstRow(journey, 'every batch final', ALL_FINAL);
  await firstRow(journey, 'a finding', `SELECT 1 FROM finding WHERE rule = 'R13'`);
  await firstRow(journey, 'a label', 'SELECT 1 FROM text_label');
  await firstRow(journey, 'a vote', 'SELECT 1 FROM vote_cast');
  const { series, version } = await firstRow<{ series: string; version: string }>(
    ...([journey, 'a committed forecast', COMMITTED] as const),
  );
  const [{ id }]: [{ id: string }] = await journey.dataSource.query(
    'SELECT id FROM epcis_event WHERE capture_job = $1',
    [job],
  );
  return {
    eventId: id,
    values: {
      ...{ 'job id': job, 'event id': id, item: LOT, 'series id': series, 'version id': version },
      ...{ 'proposal id': proposal, account: journey.stack.accounts.members[0]!.address },
    },
  };
}

/** A day in UTC, `YYYY-MM-DD`. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

function text(): object {
  return {
    ...{
      kind: 'INSPECTION',
      title: 'Seal inspected',
      writtenAt: '2025-10-09T08:00:00Z',
      reference: 'note-1',
    },
    body: 'The seal was broken on arrival. Inspector M. Okafor, okafor@example.com.',
  };
}

/** Bytes of a version's file, as anybody fetches them. */
async function artifactHex({ apiUrl }: Stack, version: string): Promise<string> {
  const { modelVersion } = JSON.parse(version) as { modelVersion: { artifactSha256: string } };
  const response = await fetch(`${apiUrl}/artifacts/${modelVersion.artifactSha256}`);
  return `${response.status} ${Buffer.from(await response.arrayBuffer()).toString('hex')}`;
}
