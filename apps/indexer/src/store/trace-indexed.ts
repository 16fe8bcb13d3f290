import { isTracing, openSpan } from '@tallyhouse/telemetry';
import type { Session } from './session.js';

const MOST_BATCHES = 64;

/**
 * Ends the part of a batch's trace that is indexing: a span for each batch that was sealed in the last hour and that the
 * blocks just committed show on chain. Asks nothing while tracing is off, or without such a fact.
 *
 * @param startMs when the commit began, milliseconds since 1970
 */
export async function traceIndexed(
  session: Pick<Session, 'query'>,
  { chainId, from, to }: { readonly chainId: number; readonly from: number; readonly to: number },
  startMs: number,
): Promise<void> {
  if (!isTracing()) return;
  const rows = await session.query<{ traceparent: string; block: string }>(
    `SELECT b.traceparent, t.block_number AS block FROM trace_anchored t
     JOIN anchor_batch b ON b.partner = t.partner AND b.root = t.root
     WHERE t.chain_id = $1 AND t.block_number > $2 AND t.block_number <= $3
       AND b.traceparent IS NOT NULL AND b.sealed_at > now() - interval '1 hour'
     ORDER BY b.id LIMIT ${MOST_BATCHES}`,
    [chainId, from, to],
  );
  for (const { traceparent: parent, block } of rows) {
    const attributes = { 'tallyhouse.chain.id': chainId, 'tallyhouse.block.number': Number(block) };
    openSpan('index batch', { parent, kind: 'consumer', attributes, startMs }).end();
  }
}
