import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { delegateToSelf } from '../governance/member-actions.js';
import { proposeVersion } from '../governance/propose-version.js';
import { shadowWords } from '../model/shadow-words.js';
import { trainCandidate } from '../model/train-candidate.js';
import { loopCounts, type LoopCounts } from './loop-counts.js';
import type { Progress } from './progress.js';
import { itemPartners, seedItemEvents, seedItemNames } from './seed-items.js';
import { connect, seedEvents, seedMasterData } from './seed.js';
import { seedTexts } from './seed-texts.js';
import type { Stack } from './stack.js';
import { waitUntil } from './wait-until.js';

/** What a new local world holds once it is ready. */
export interface WorldSummary {
  readonly counts: LoopCounts;
  readonly proposalId: string | undefined;
}

const NO_PARTNERS: ReadonlyMap<number, string> = new Map();
const ANCHOR_TIMEOUT_MS = 300_000;
const FORECAST_TIMEOUT_MS = 120_000;

/** Fills a new world: events, votes, a forecast, and a candidate model put to the vote. A filled one is left as it is. */
export async function seedStack(stack: Stack, progress: Progress): Promise<WorldSummary> {
  const dataSource = await connect(stack.databaseUrl);
  try {
    if (existsSync(seededMark(stack))) return { counts: await loopCounts(dataSource), proposalId: undefined };
    await captureWorld(stack, dataSource, progress);
    progress.step('delegating the votes of alice, bob and carol to themselves');
    for (const member of stack.accounts.members) await delegateToSelf(stack, member);
    await firstForecast(dataSource, progress);
    progress.step('training a candidate model and putting it to the vote');
    const candidate = await trainCandidate(stack, { dataSource, forecaster: 'theta', licence: 'MIT' });
    const { proposalId } = await proposeVersion(stack, candidate, shadowWords());
    await writeFile(seededMark(stack), '');
    return { counts: await loopCounts(dataSource), proposalId };
  } finally {
    await dataSource.destroy();
  }
}

async function captureWorld(stack: Stack, dataSource: DataSource, progress: Progress): Promise<void> {
  progress.step('capturing a simulated world');
  const { items } = stack;
  const partners = items ? itemPartners(items, stack.accounts, stack.simulated.partners.length) : NO_PARTNERS;
  if (Object.keys(stack.world.apiKeys).length === 0) {
    const apiKeys = await seedMasterData(dataSource, stack.simulated, stack.accounts, [...partners.values()]);
    await stack.state.saveWorld({ ...stack.world, apiKeys });
  }
  if (items) await seedItemNames(dataSource, items, partners);
  let stored = await seedEvents(dataSource, stack.simulated, stack.accounts, (count) =>
    progress.update(`capturing a simulated world: ${count} events`),
  );
  if (items) {
    progress.step('capturing single items from farm to customer, some with planted faults');
    stored += await seedItemEvents(dataSource, items, partners);
  }
  await seedTexts(dataSource, stack.simulated, stack.accounts);
  progress.step(`anchoring ${stored} events and indexing them`);
  await waitUntil(
    'all events anchored and indexed',
    async () => {
      const { captured, anchored } = await loopCounts(dataSource);
      progress.update(`anchoring and indexing: ${anchored} of ${captured} events`);
      return anchored === captured && captured > 0;
    },
    { timeoutMs: ANCHOR_TIMEOUT_MS, intervalMs: 300, advice: `see ${stack.state.logs}/worker.log` },
  );
}

async function firstForecast(dataSource: DataSource, progress: Progress): Promise<void> {
  progress.step('making the first forecast and committing it on chain');
  await waitUntil(
    'the first forecast committed on chain',
    async () => {
      const rows: unknown[] = await dataSource.query(
        'SELECT 1 FROM forecast_run r JOIN forecast_committed c ON c.root = r.root LIMIT 1',
      );
      return rows.length > 0;
    },
    { timeoutMs: FORECAST_TIMEOUT_MS, intervalMs: 200 },
  );
}

function seededMark(stack: Stack): string {
  return join(stack.state.path, 'seeded');
}
