import { Injectable } from '@nestjs/common';
import { LifecycleReader } from '../read/lifecycle-reader.js';
import { ProposalReader } from '../read/proposal-reader.js';
import { writeCalendar } from './icalendar.js';
import { proposalEvents } from './proposal-calendar.js';

const SHOWN = 200;
const REFRESH_MINUTES = 15;
const PRODUCT = '-//Tallyhouse//Proposals//EN';

/** The calendar of proposals. */
@Injectable()
export class ProposalCalendar {
  public constructor(
    private readonly proposals: ProposalReader,
    private readonly lifecycles: LifecycleReader,
  ) {}

  /**
   * The 200 proposals whose votes end last, as iCalendar (RFC 5545). The text changes only when a proposal does.
   *
   * @param site origin of the web pages, without a slash at its end
   */
  public async write(site: string): Promise<string> {
    const { rows } = await this.proposals.list({ first: SHOWN }, {}, 'ENDING_LAST');
    const ids = rows.map(({ id }) => id);
    const [steps, extensions] = await Promise.all([
      this.lifecycles.steps(ids),
      this.lifecycles.extensions(ids),
    ]);
    const stepsOf = Map.groupBy(steps, ({ proposalId }) => proposalId);
    const extensionsOf = Map.groupBy(extensions, ({ proposalId }) => proposalId);
    const events = rows.flatMap((proposal) =>
      proposalEvents(
        {
          proposal,
          steps: stepsOf.get(proposal.id) ?? [],
          extendedAt: (extensionsOf.get(proposal.id) ?? []).map(({ at }) => at),
        },
        `${site}/governance/${proposal.id}`,
      ),
    );
    return writeCalendar({
      name: 'Tallyhouse votes',
      productId: PRODUCT,
      refreshMinutes: REFRESH_MINUTES,
      events,
    });
  }
}
