import { onchainTable } from 'ponder';

/** One table, one row an event: less than what the other side writes. */
export const fact = onchainTable('fact', (t) => ({
  id: t.text().primaryKey(),
  kind: t.text().notNull(),
  blockNumber: t.bigint().notNull(),
  blockTime: t.bigint().notNull(),
  txHash: t.hex().notNull(),
  account: t.hex().notNull(),
  other: t.hex().notNull(),
  amount: t.bigint().notNull(),
}));
