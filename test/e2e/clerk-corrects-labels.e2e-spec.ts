import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INCIDENT_TEXT, LabelCorrections, NO_GUIDE, type LabelledText } from '@tallyhouse/nlp';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import { trainTextCandidate } from '../../apps/cli/src/nlp/train-text-candidate.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';

import { ask } from './kit/api.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { simulatedTexts } from '../../libs/nlp/test/simulated-texts.js';
import { firstRow } from './kit/loop.js';
import { delegateAll, voteThrough } from './kit/vote.js';

interface Label {
  readonly versionId: string;
  readonly artifactSha256: string;
  readonly proposalId: string | null;
  readonly answer: string;
  readonly labels: readonly string[];
}

interface ListedText {
  readonly body: string;
  readonly textSha256: string;
  readonly labels: readonly Label[];
}

interface Listed {
  readonly edges: readonly { readonly node: ListedText }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

const ADD = `mutation A($texts: [NewText!]!) { addTexts(texts: $texts) { stored ids refused { index } } }`;
const CORRECT = `mutation C($hash: Hex!, $labels: [String!]!) {
  correctTextLabels(textSha256: $hash, labels: $labels, reason: "read by the clerk") }`;
const LIST = `query L($after: String) { texts(first: 20, after: $after) { edges { node { body textSha256
  labels { versionId artifactSha256 proposalId answer labels } } } pageInfo { endCursor hasNextPage } } }`;
const CLASSIFY = `query Q($text: String!) { classify(text: $text) { versionId proposalId answer labels } }`;
const COUNT = 'SELECT count(*)::integer AS count FROM text_label WHERE version_id = $1';
const TEXTS = 100;
const UNSEEN = 'the plant by the river forgot to declare milk on the label, 77 cases in all';

describe('a clerk corrects labels', () => {
  let journey: JourneyStack;
  let apiKey: string;
  let genesis: string;
  let candidate: Awaited<ReturnType<typeof trainTextCandidate>>;
  let proposal: { proposalId: string; versionId: string };
  const written: LabelledText[] = simulatedTexts(TEXTS, 11);

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 5, start: '2026-01-01', months: 1, scale: 0.01 } });
    apiKey = Object.values(journey.apiKeys)[0]!;
    await delegateAll(journey);
  }, 300_000);
  afterAll(() => journey.stop(), 60_000);

  const listed = async (after: string | null = null): Promise<ListedText[]> => {
    const { texts } = await ask<{ texts: Listed }>(journey.stack, LIST, { after });
    const { endCursor, hasNextPage } = texts.pageInfo;
    return [...texts.edges.map(({ node }) => node), ...(hasNextPage ? await listed(endCursor) : [])];
  };
  const labelledBy = (versionId: string): Promise<unknown> =>
    waitUntil(
      `all texts labelled by ${versionId}`,
      async () => {
        const rows: { count: number }[] = await journey.dataSource.query(COUNT, [versionId]);
        return rows[0]?.count === TEXTS;
      },
      { timeoutMs: 120_000 },
    );

  it('texts are labelled by the version of the deployment, which has read no text of theirs', async () => {
    const texts = written.map(({ text, date }, index) => ({
      ...{ kind: 'INCIDENT', body: text, writtenAt: `${date}T00:00:00Z`, reference: `note-${index}` },
    }));
    const { addTexts } = await ask<{ addTexts: { stored: number } }>(journey.stack, ADD, { texts }, apiKey);
    expect(addTexts.stored).toBe(TEXTS);
    const { id } = await firstRow<{ id: string }>(
      journey,
      'a text model runs',
      `SELECT running_version_id AS id FROM model_runtime WHERE family = $1 AND state = 'RUNNING'`,
      [INCIDENT_TEXT],
    );
    genesis = id;
    await labelledBy(genesis);
    const said = (await listed()).flatMap(({ labels }) => labels.flatMap((each) => each.labels));
    expect(said).not.toContain('Labels');
  }, 180_000);

  it('the clerk says of each text what it is, with a key that may judge', async () => {
    const hashes = new Map((await listed()).map(({ body, textSha256 }) => [body, textSha256]));
    for (const { text, labels } of written) {
      const variables = { hash: hashes.get(text), labels };
      expect(await ask(journey.stack, CORRECT, variables, apiKey)).toEqual({ correctTextLabels: true });
    }
    await expect(
      ask(journey.stack, CORRECT, { hash: hashes.get(written[0]!.text), labels: ['Labels'] }),
    ).rejects.toThrow(/UNAUTHENTICATED|FORBIDDEN|x-api-key/);
  }, 60_000);

  it('a candidate learns from the corrections, is reported, proposed and voted', async () => {
    const { stack, dataSource } = journey;
    const corrected = await new LabelCorrections(dataSource).trainingTexts();
    expect(corrected).toHaveLength(TEXTS);
    const store = new FileArtifactStore(stack.artifactFolder);
    candidate = await trainTextCandidate(corrected, { guide: NO_GUIDE, store, dataBlock: 1 });
    const report = JSON.parse(new TextDecoder().decode(await store.get(candidate.reportSha256)));
    expect(report).toMatchObject({ artifactSha256: candidate.artifactSha256, dataRoot: candidate.dataRoot });
    expect(report.model.microF1).toBeGreaterThan(report.model.ece);
    proposal = await proposeVersion(stack, candidate);
    await voteThrough(journey, proposal.proposalId);
  }, 240_000);

  it('the worker switches and labels all texts anew, under the version that was voted', async () => {
    await labelledBy(proposal.versionId);
    const texts = await listed();
    for (const { labels } of texts) {
      expect(labels.map(({ versionId }) => versionId)).toEqual([proposal.versionId, genesis]);
      expect(labels[0]).toMatchObject({
        artifactSha256: candidate.artifactSha256,
        proposalId: proposal.proposalId,
      });
    }
    const known = new Map(written.map(({ text, labels }) => [text, labels.toSorted().join()]));
    const right = texts.filter(({ body, labels }) => labels[0]!.labels.toSorted().join() === known.get(body));
    expect(right.length).toBeGreaterThan(0.8 * TEXTS);
  }, 180_000);

  it('what is asked of a new text is answered by that version too', async () => {
    const { classify } = await ask<{ classify: Label }>(journey.stack, CLASSIFY, { text: UNSEEN });
    expect(classify).toMatchObject({
      ...{ versionId: proposal.versionId, proposalId: proposal.proposalId },
      ...{ answer: 'LABELLED', labels: ['Labels'] },
    });
  }, 60_000);
});
