import { simulate } from '@tallyhouse/simulation';
import { PUBLIC_TEST_MNEMONIC } from '@tallyhouse/testing';
import { migrate } from '../migrate/migrate.js';
import { localAccounts } from '../up/accounts.js';
import { connect, seedEvents, seedMasterData } from '../up/seed.js';

const WORLD = simulate({ seed: 5, start: '2025-01-01', months: 1, scale: 0.01 });
const FACT = `VALUES (31337, $1, '0xb', 0, '0xt', '2025-02-01Z', '0xpartner')`;

/** Migrates a database and fills it with a small world: events in partitions, queues that triggers fill, facts, texts. */
export async function fillDatabase(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  const dataSource = await connect(databaseUrl);
  try {
    const accounts = localAccounts(PUBLIC_TEST_MNEMONIC);
    await seedMasterData(dataSource, WORLD, accounts);
    await seedEvents(dataSource, WORLD, accounts, () => undefined);
    for (const block of [3, 4]) await dataSource.query(`INSERT INTO partner_removed ${FACT}`, [block]);
    await dataSource.query(
      `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash, contracts_digest,
         head_number, updated_at) VALUES (31337, 4, '0xb', now(), '0xg', '0xc', 4, now())`,
    );
    // A table that refuses changes, and a text with everything that COPY has to escape.
    await dataSource.query(
      `INSERT INTO text_label_correction (text_sha256, labels, corrected_by, reason, corrected_at)
       VALUES (sha256('a'), '{a,"b c"}', '0xpartner', $1, now())`,
      ['tab\t line\n back\\slash \\. \\N Köln'],
    );
  } finally {
    await dataSource.destroy();
  }
}
