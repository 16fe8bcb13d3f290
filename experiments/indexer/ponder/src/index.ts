import { ponder } from 'ponder:registry';
import { fact } from 'ponder:schema';

const position = (event) => ({
  id: event.id,
  blockNumber: event.block.number,
  blockTime: event.block.timestamp,
  txHash: event.transaction.hash,
});

ponder.on('TallyToken:Transfer', async ({ event, context }) => {
  const { from, to, value } = event.args;
  await context.db
    .insert(fact)
    .values({ ...position(event), kind: 'transfer', account: from, other: to, amount: value });
});

ponder.on('TallyToken:DelegateVotesChanged', async ({ event, context }) => {
  const { delegate, newVotes } = event.args;
  await context.db
    .insert(fact)
    .values({ ...position(event), kind: 'votes', account: delegate, other: delegate, amount: newVotes });
});

ponder.on('TraceAnchor:Anchored', async ({ event, context }) => {
  const { partner, root, count } = event.args;
  await context.db
    .insert(fact)
    .values({ ...position(event), kind: 'anchored', account: partner, other: root, amount: BigInt(count) });
});
