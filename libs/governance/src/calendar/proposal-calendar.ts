import { withoutProposer } from '../proposal/description.js';
import type { ProposalStep } from '../read/lifecycle-reader.js';
import type { Proposal } from '../read/proposal-row.js';
import type { CalendarEvent } from './icalendar.js';

const MAX_DESCRIPTION = 1_000;
/** The end of a vote that never ends; calendars refuse it. */
const END_OF_TIME_MS = Date.UTC(9999, 0);

/** A proposal with what its calendar entries depend on. */
export interface DatedProposal {
  readonly proposal: Proposal;
  readonly steps: readonly ProposalStep[];
  /** When a late quorum made the vote longer, each time. */
  readonly extendedAt: readonly Date[];
}

/**
 * The entries of a proposal: the time in which one votes, and, once it is queued, the moment from which it can be executed.
 *
 * @param page address of the proposal's page
 */
export function proposalEvents(
  { proposal, steps, extendedAt }: DatedProposal,
  page: string,
): CalendarEvent[] {
  const { id, chainId, title, state, voteStart, deadline, eta } = proposal;
  const isCanceled = state === 'CANCELED';
  const changes = [proposal.createdTime, ...extendedAt, ...steps.map(({ at }) => at)];
  const shared = {
    description: `${state}\n${page}\n\n${cut(plainOf(proposal.description))}`,
    url: page,
    isCanceled,
    changedAt: new Date(Math.max(...changes.map((time) => time.getTime()))),
  };
  const called = isCanceled ? 1 : 0;
  const vote: CalendarEvent = {
    ...shared,
    ...{ uid: `vote-${chainId}-${id}@tallyhouse`, start: voteStart, end: deadline },
    ...{ summary: `Vote: ${title}`, sequence: extendedAt.length + called },
  };
  const ready: CalendarEvent[] =
    eta === null
      ? []
      : [
          {
            ...shared,
            ...{ uid: `ready-${chainId}-${id}@tallyhouse`, start: eta },
            ...{ summary: `Can be executed: ${title}`, sequence: called },
          },
        ];
  return [vote, ...ready].filter(({ start, end }) => (end ?? start).getTime() < END_OF_TIME_MS);
}

/** The words of a description: without its title, which is the entry's own, and without tables, which no calendar shows. */
function plainOf(description: string): string {
  return withoutProposer(description)
    .split('\n')
    .filter((line) => !/^\s*(\||#{1,6}\s)/.test(line))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function cut(text: string): string {
  return text.length > MAX_DESCRIPTION ? `${text.slice(0, MAX_DESCRIPTION - 1)}…` : text;
}
