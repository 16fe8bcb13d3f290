import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SHIPPED_PARAMETERS } from '@tallyhouse/anomalies';
import { defaultRuleSet, RULE_SET_FAMILY } from '@tallyhouse/audit';
import { gtin, sgln, sgtin, type EpcisEvent } from '@tallyhouse/epcis';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { toDocument } from '@tallyhouse/simulation';
import type { Hex } from 'viem';
import { evaluateHere } from '../../apps/cli/src/anomaly/evaluate-parameters.js';
import { withChanges } from '../../apps/cli/src/anomaly/parameter-file.js';
import { parameterChange, withParameters } from '../../apps/cli/src/audit/parameter-option.js';
import { artifactUri } from '../../apps/cli/src/deploy/first-model.js';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { asSent, shipments, strange } from '../../libs/anomalies/test/shipments.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { ask, captureByApi } from './kit/api.js';
import { coldRoom } from './kit/cold-room.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, firstRow } from './kit/loop.js';
import { delegateAll, voteThrough } from './kit/vote.js';

const ITEM = sgtin(gtin('9521141', '01234'), 'A1');
const PLACE = { id: sgln('9521141000014') };
const ZERO: Hex = `0x${'00'.repeat(32)}`;
const at = (minutes: number) => ({
  eventTime: new Date(Date.UTC(2025, 9, 9, 8, minutes)).toISOString(),
  ...{
    eventTimeZoneOffset: '+00:00',
    readPoint: PLACE,
    bizLocation: PLACE,
    type: 'ObjectEvent',
    epcList: [ITEM],
  },
});
/** Destroyed, and seen again twenty minutes later: within the thirty minutes that clocks may differ by default. */
const EVENTS: readonly EpcisEvent[] = [
  { ...at(0), action: 'ADD', bizStep: 'commissioning', ilmd: { 'cbvmda:lotNumber': 'L7' } },
  { ...at(60), action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' },
  { ...at(80), action: 'OBSERVE', bizStep: 'inspecting', disposition: 'active' },
];
const FINDINGS = `{ findings(filter: { rule: "R7" }) { edges { node {
  ruleSet state setting { parameters ruleSet versionId proposalId learnedEvents } } } } }`;

const ANOMALIES = `query ($source: AnomalySource!) { anomalies(filter: { source: $source }) { edges { node {
  modelVersion versionId proposalId explanation } } } }`;
const REASON = /An event of shipping unlike those of this sender before it: 4,000 units where/;
/** Shipments of a partner before the vote, of which 250 are learned from. */
const SHIPPED = 320;
/** Readings that a stream has taken before the vote; 520 are learned from. */
const LEARNED = 560;

interface Side {
  readonly version: { readonly parameters: readonly { readonly name: string; readonly value: number }[] };
}

interface Told {
  readonly modelVersion: string;
  readonly versionId: string;
  readonly proposalId: string | null;
  readonly explanation: string;
}

interface Found {
  readonly ruleSet: Hex;
  readonly state: string;
  readonly setting: {
    readonly parameters: Readonly<Record<string, number>>;
    readonly ruleSet: Hex;
    readonly versionId: Hex;
    readonly proposalId: string | null;
  };
}

/** The list of strange events shows it, where there is a browser. */
async function onPage(origin: string, reason: RegExp): Promise<void> {
  if (!browserPresent()) return console.warn('skipped: the page of strange events is not looked at');
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${origin}/forecasts/strange-values?source=EVENTS`);
    await page.getByText(reason).first().waitFor({ timeout: 30_000 });
  } finally {
    await browser.close();
  }
}

describe('a voted threshold', () => {
  let journey: JourneyStack;

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 11, start: '2025-01-01', months: 1, scale: 0.01 } });
    await delegateAll(journey);
    const maker = journey.stack.accounts.partner(0).address.toLowerCase();
    const document = toDocument(EVENTS, '2025-10-10T00:00:00Z');
    expect(await captureByApi(journey.stack, document, journey.apiKeys[maker]!)).toMatchObject({ stored: 3 });
    await allAnchored(journey);
  }, 240_000);
  afterAll(() => journey?.stop(), 60_000);

  const findings = async (): Promise<Found[]> => {
    const answer = await ask<{ findings: { edges: { node: Found }[] } }>(journey.stack, FINDINGS);
    return answer.findings.edges.map(({ node }) => node);
  };
  /** Workers judge by the rule set, and nothing waits any more. */
  const judgedBy = (ruleSet: string) =>
    firstRow(
      journey,
      `everything judged by ${ruleSet}`,
      'SELECT 1 FROM audit_progress WHERE rule_set = $1 AND NOT EXISTS (SELECT FROM audit_queue)',
      [ruleSet],
    );

  it('finds nothing while the first rule set runs, which lets clocks differ by thirty minutes', async () => {
    await judgedBy(defaultRuleSet().version);
    expect(await findings()).toEqual([]);
  }, 90_000);

  it('changes what is found once it is executed, and the finding names the version and the vote', async () => {
    const { stack } = journey;
    const store = new FileArtifactStore(stack.artifactFolder);
    const ruleSet = withParameters(defaultRuleSet(), [parameterChange('R7.toleranceMinutes=10')]);
    const artifactSha256 = await store.put(ruleSet.toBytes());
    const reportSha256 = await store.put(new TextEncoder().encode('{"note":"nothing was measured"}'));
    const files = {
      artifactSha256,
      reportSha256,
      dataRoot: ZERO,
      dataBlock: 0,
      uri: artifactUri(artifactSha256),
    };
    const { proposalId, versionId } = await proposeVersion(stack, {
      ...{ family: RULE_SET_FAMILY, forecaster: 'changed rule set', summary: 'Clocks agree better now.' },
      ...files,
    });
    expect(await findings()).toEqual([]);
    await voteThrough(journey, proposalId);
    await judgedBy(ruleSet.version);
    const [found] = await waitUntil(
      'a finding of R7',
      async () => {
        const list = await findings();
        return list.length > 0 && list;
      },
      { timeoutMs: 45_000 },
    );
    expect(found).toMatchObject({
      ...{ state: 'OPEN', ruleSet: artifactSha256 },
      setting: { parameters: { toleranceMinutes: 10 }, ruleSet: artifactSha256, versionId, proposalId },
    });
  }, 180_000);

  it('stays on record beside the setting that it replaced', async () => {
    const { auditRules } = await ask<{
      auditRules: {
        id: string;
        settings: { parameters: Record<string, number>; proposalId: string | null }[];
      }[];
    }>(journey.stack, '{ auditRules { id settings { parameters proposalId } } }');
    const { settings } = auditRules.find(({ id }) => id === 'R7')!;
    expect(settings.map(({ parameters }) => parameters['toleranceMinutes'])).toEqual([10, 30]);
    expect(settings[0]!.proposalId).not.toBeNull();
  }, 30_000);

  it('is of the detectors of anomalies too: what sensors read and partners ship next is judged by it, and rows lead to the vote', async () => {
    const { stack, dataSource } = journey;
    const send = async (...events: EpcisEvent[]): Promise<void> => {
      const maker = stack.accounts.partner(0).address.toLowerCase();
      const document = toDocument(events, events.at(-1)!.eventTime);
      const stored = events.length;
      expect(await captureByApi(stack, document, journey.apiKeys[maker]!)).toMatchObject({ stored });
    };
    const toldOf = (source: 'READINGS' | 'EVENTS') =>
      waitUntil(
        `an anomaly of ${source}`,
        async () => {
          const { anomalies } = await ask<{ anomalies: { edges: { node: Told }[] } }>(stack, ANOMALIES, {
            source,
          });
          return anomalies.edges.length > 0 && anomalies.edges.map(({ node }) => node);
        },
        { timeoutMs: 45_000 },
      );
    const fromMs = Date.UTC(2025, 9, 9);
    await send(coldRoom({ place: PLACE.id, fromMs, readings: LEARNED, warmer: 0 }));
    await firstRow(journey, 'readings taken', 'SELECT 1 FROM reading_stream WHERE readings = $1', [LEARNED]);
    const usual = shipments(SHIPPED, 1);
    await send(...asSent(usual, 0));
    await firstRow(
      journey,
      'shipments taken',
      "SELECT 1 FROM event_stream WHERE biz_step = 'shipping' AND events >= $1",
      [SHIPPED],
    );
    const set = withChanges(SHIPPED_PARAMETERS, [
      ...['readings.alarmNovelty=1.5', 'series.minimumHistory=70', 'events.window=900'],
    ]);
    const file = join(stack.state.path, 'parameters.json');
    await writeFile(file, set.toBytes());
    const candidate = await evaluateHere(file, { context: stack, dataSource });
    const { proposalId, versionId } = await proposeVersion(stack, candidate);
    await voteThrough(journey, proposalId);
    await firstRow(
      journey,
      'parameters in force',
      "SELECT 1 FROM model_runtime WHERE family = 'anomaly' AND running_artifact_sha256 = $1",
      [set.version],
    );
    // Judged at once: what the stream learned under the first parameters is kept.
    await send(coldRoom({ place: PLACE.id, fromMs: fromMs + LEARNED * 60_000, readings: 40, warmer: 9 }));
    const [told] = await toldOf('READINGS');
    const judgedByIt = { modelVersion: set.version, versionId, proposalId };
    expect(told).toMatchObject(judgedByIt);
    // An odd shipment too, by what the sender's usual ones taught.
    await send(...asSent([strange(usual[SHIPPED - 1]!)], SHIPPED));
    const odd = await toldOf('EVENTS');
    for (const one of odd) expect(one).toMatchObject(judgedByIt);
    expect(odd.map(({ explanation }) => explanation).join(' ')).toMatch(REASON);
    await onPage(stack.apiUrl, REASON);
    const asked = `{ proposal(id: "${proposalId}") { modelDiff { old { version { ...P } } new { version { ...P } } } } }
      fragment P on ModelVersion { parameters { name value } }`;
    const { proposal } = await ask<{ proposal: { modelDiff: Record<'old' | 'new', Side> } }>(stack, asked);
    const noveltyOf = ({ version }: Side) =>
      version.parameters.find(({ name }) => name === 'readings.alarmNovelty')!.value;
    expect([proposal.modelDiff.old, proposal.modelDiff.new].map(noveltyOf)).toEqual([2, 1.5]);
  }, 120_000);
});
