import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementRepository } from '@tallyhouse/forecasting';
import { openStore, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { trainCandidate, type TrainedCandidate } from './train-candidate.js';
import { WEEKLY_SALES } from './weekly-sales.fixture.js';

/** A database with a year of weekly sales, and a folder for artifacts. */
export interface TrainingPlace {
  readonly store: TestStore;
  readonly artifactFolder: string;
  /** Trains as `model train` does, a network in three steps. */
  train(forecaster: string): Promise<TrainedCandidate>;
  /** What a partner says of its first product at all sites. */
  say(
    name: string,
    value: number | string,
    days: readonly [first: string, last: string],
    said: string,
  ): Promise<unknown>;
  close(): Promise<void>;
}

export async function openTrainingPlace(): Promise<TrainingPlace> {
  const store = await openStore();
  await store.source.query(WEEKLY_SALES);
  const artifactFolder = await mkdtemp(join(tmpdir(), 'training-'));
  return {
    store,
    artifactFolder,
    train: (forecaster) =>
      trainCandidate({ artifactFolder }, { dataSource: store.source, forecaster, device: 'cpu', steps: 3 }),
    say: (name, value, [firstDay, lastDay], said) =>
      new StatementRepository(store.source).add('0xa', 'import', [
        { name, value, firstDay, lastDay, product: 'urn:product:0', site: null, saidAt: new Date(said) },
      ]),
    close: async () => {
      await store.close();
      await rm(artifactFolder, { recursive: true });
    },
  };
}
