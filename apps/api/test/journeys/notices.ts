import { describe, expect, it } from '@jest/globals';
import { PROPOSAL_WEBHOOK, ProposalNotices } from '@tallyhouse/governance';
import { addEndpoint } from '@tallyhouse/webhooks';
import type { ApiUnderTest } from '../kit/api-under-test.js';
import { PROPOSAL_ID } from '../kit/chain-rows.js';
import type { World } from '../kit/world.js';

const CHAIN_ID = 31_337;

/** What others are told of proposals: calendars that ask, and webhooks that are called. */
export function notices(api: () => ApiUnderTest, world: () => World): void {
  describe('the calendar of proposals', () => {
    it('is served as iCalendar and leads to the page of each vote', async () => {
      const response = await fetch(`${api().url}/calendar/proposals.ics`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
      const text = await response.text();
      expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
      expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
      const lines = text.replaceAll('\r\n ', '').split('\r\n');
      expect(lines).toContain(`UID:vote-${CHAIN_ID}-${PROPOSAL_ID}@tallyhouse`);
      expect(lines).toContain(`URL:${api().url}/governance/${PROPOSAL_ID}`);
      expect(lines).toContain('SUMMARY:Vote: Demand model 2');
    });

    it('is the same text while nothing changes, so that readers need not take it again', async () => {
      const url = `${api().url}/calendar/proposals.ics`;
      const [one, other] = await Promise.all([fetch(url), fetch(url)]);
      const tag = one.headers.get('etag');
      expect(await one.text()).toBe(await other.text());
      const again = await fetch(url, { headers: { 'if-none-match': tag!, 'cache-control': 'max-age=0' } });
      expect(again.status).toBe(304);
    });
  });

  describe('webhooks for proposals', () => {
    const run = (): Promise<number> => new ProposalNotices(api().dataSource, CHAIN_ID).run(new Date());
    const told = async (): Promise<Record<string, unknown>[]> => {
      const rows: { body: Buffer }[] = await api().dataSource.query(
        `SELECT d.body FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
         WHERE e.purpose = $1 ORDER BY d.seq`,
        [PROPOSAL_WEBHOOK.purpose],
      );
      return rows.map(({ body }) => JSON.parse(body.toString('utf8')) as Record<string, unknown>);
    };

    it('are told of each state once, those of the clock when the index has passed them', async () => {
      const { chain } = world();
      expect(await run()).toBe(0);
      const endpoint = { ...PROPOSAL_WEBHOOK, url: 'https://example.org/votes', secret: Buffer.alloc(32) };
      await addEndpoint(api().dataSource, endpoint, new Date());
      await chain.proposal('90', '# Told of');
      await chain.checkpoint();
      expect(await run()).toBe(1);
      await chain.vote('90', `0x${'b2'.repeat(20)}`, '1');
      await chain.vote('90', `0x${'b3'.repeat(20)}`, '1');
      await chain.checkpoint();
      expect(await run()).toBe(1);
      expect(await run()).toBe(0);
      expect(await told()).toMatchObject([
        { type: 'proposal.state', proposalId: '90', title: 'Told of', state: 'PENDING', byClock: false },
        { type: 'proposal.state', proposalId: '90', state: 'ACTIVE', byClock: true, txHash: null },
      ]);
    });

    it('are told of a late quorum, and when the end is near', async () => {
      const { chain } = world();
      const [{ start }]: [{ start: Date }] = await api().dataSource.query(
        'SELECT block_time AS start FROM chain_checkpoint WHERE chain_id = $1',
        [CHAIN_ID],
      );
      const extended = new Date(start.getTime() + 86_400_000 + 180_000);
      await chain.fact('proposal_extended', { proposal_id: '90', extended_deadline: extended });
      await chain.checkpoint();
      await run();
      for (let block = 0; block < 3; block++) await chain.vote('90', `0x${`c${block}`.repeat(20)}`, '1');
      await chain.checkpoint();
      await run();
      const deadlines = (await told()).filter(({ type }) => type === 'proposal.deadline');
      expect(deadlines).toMatchObject([
        { what: 'VOTE_EXTENDED', proposalId: '90', at: extended.toISOString() },
        { what: 'VOTE_ENDS_SOON', proposalId: '90', at: extended.toISOString() },
      ]);
    });

    it('are told what a reorganisation took back, and again what the new branch has', async () => {
      const { chain } = world();
      const to = chain.head;
      await chain.proposal('91', '# On the old branch');
      await chain.checkpoint();
      await run();
      await api().dataSource.query('DELETE FROM proposal_created WHERE proposal_id = $1', ['91']);
      await api().dataSource.query(
        `INSERT INTO chain_rollback (chain_id, from_number, from_hash, to_number, to_hash, rolled_back_at)
         VALUES ($1, $2, 'old', $3, 'common', now())`,
        [CHAIN_ID, chain.head, to],
      );
      await chain.proposal('92', '# On the new branch');
      await chain.checkpoint();
      await run();
      expect((await told()).slice(-3)).toMatchObject([
        { proposalId: '91', state: 'PENDING' },
        { type: 'proposals.taken-back', toBlock: String(to) },
        { proposalId: '92', state: 'PENDING' },
      ]);
      expect(await run()).toBe(0);
      await api().dataSource.query('DELETE FROM chain_rollback');
    });
  });
}
