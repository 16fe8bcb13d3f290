import { Inject, Injectable } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import type { Channels } from '@tallyhouse/database';
import { LifecycleReader, ProposalReader, VoteReader, type Moment, type Vote } from '@tallyhouse/governance';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';
import { BoundedQueue } from '../shared/subscriptions/bounded-queue.js';
import { Notices } from '../shared/subscriptions/notices.js';
import type { ProposalChange } from './proposal-change.js';

type Indexed = Channels['tallyhouse_index'];
type About = { readonly proposalId: string };
type Readers<Message> = Map<BoundedQueue<Message>, string | null>;

const MAX_WAITING = 100;
const OPEN_STATES = ['PENDING', 'ACTIVE', 'SUCCEEDED', 'QUEUED'] as const;

/**
 * What happens to proposals, for all subscribers together: however many listen, each block is looked at once, and none
 * when nobody does.
 */
@Injectable()
export class GovernanceFeed {
  private readonly changeReaders: Readers<ProposalChange> = new Map();
  private readonly voteReaders: Readers<Vote> = new Map();
  private notices: AsyncIterableIterator<Indexed> | undefined;

  public constructor(
    private readonly source: Notices,
    private readonly lifecycles: LifecycleReader,
    private readonly votes: VoteReader,
    private readonly proposals: ProposalReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /** Changes of one proposal, or of all; of a slow reader's the last 100. */
  public changes(proposalId: string | null): AsyncIterableIterator<ProposalChange> {
    return this.listen(this.changeReaders, proposalId);
  }

  /** Votes on one proposal, or on all; of a slow reader's the last 100. */
  public votesCast(proposalId: string | null): AsyncIterableIterator<Vote> {
    return this.listen(this.voteReaders, proposalId);
  }

  private listen<Message>(
    readers: Readers<Message>,
    proposalId: string | null,
  ): AsyncIterableIterator<Message> {
    const queue: BoundedQueue<Message> = new BoundedQueue(MAX_WAITING, () => {
      readers.delete(queue);
      if (this.readerCount === 0) void this.notices?.return?.();
    });
    readers.set(queue, proposalId);
    if (this.readerCount === 1) void this.follow();
    return queue;
  }

  private get readerCount(): number {
    return this.changeReaders.size + this.voteReaders.size;
  }

  private async follow(): Promise<void> {
    const { chainId } = this.deployment;
    const notices = this.source.of('tallyhouse_index', (notice) => notice.chainId === chainId);
    this.notices = notices;
    let last = await this.now();
    for await (const { rolledBackTo } of notices) {
      const now = await this.now();
      // Without an answer the next notice asks again, from the same place.
      const told = now && (await this.tell(last, now, rolledBackTo !== undefined).catch(() => undefined));
      if (told) last = now;
    }
    if (notices !== this.notices) return;
    for (const reader of [...this.changeReaders.keys(), ...this.voteReaders.keys()]) reader.end();
  }

  private now(): Promise<Moment | undefined> {
    return this.lifecycles.moment(this.deployment.chainId).catch(() => undefined);
  }

  private async tell(last: Moment | undefined, now: Moment, wentBack: boolean): Promise<true> {
    if (wentBack || !last || last.block > now.block) await this.tellOfBranch(now);
    else await this.tellOfBlocks(last, now);
    return true;
  }

  private async tellOfBlocks(last: Moment, now: Moment): Promise<void> {
    const votes = await this.votes.between(last.block, now.block);
    const steps = await this.lifecycles.stepsBetween(last, now);
    for (const { proposalId, state, at } of steps) this.push({ proposalId, kind: 'STATE', state, at });
    for (const vote of votes) pushTo(this.voteReaders, vote);
    for (const proposalId of new Set(votes.map((vote) => vote.proposalId)))
      this.push({ proposalId, kind: 'VOTES', state: null, at: now.time });
  }

  /** Votes and states of the branch that is gone are not told one by one: whoever shows a proposal reads it again. */
  private async tellOfBranch(now: Moment): Promise<void> {
    const { rows } = await this.proposals.list({ first: 200 }, { states: OPEN_STATES });
    for (const { id } of rows) this.push({ proposalId: id, kind: 'TAKEN_BACK', state: null, at: now.time });
  }

  private push(change: ProposalChange): void {
    pushTo(this.changeReaders, change);
  }
}

function pushTo<Message extends About>(readers: Readers<Message>, message: Message): void {
  for (const [reader, wanted] of readers)
    if (wanted === null || wanted === message.proposalId) reader.push(message);
}
