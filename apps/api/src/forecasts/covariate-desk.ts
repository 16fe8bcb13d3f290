import { Injectable } from '@nestjs/common';
import { ProcessClock } from '@tallyhouse/database';
import { isFault, parseStatement, StatementRepository, type NewStatement } from '@tallyhouse/forecasting';
import { InputError } from '../shared/errors/api.errors.js';
import type { CovariatesSaidModel, CovariateStatementInput } from './what-if.model.js';

const MOST_AT_ONCE = 1_000;
const SHOWN_FAULTS = 10;

/** Takes in what partners say of covariates. */
@Injectable()
export class CovariateDesk {
  public constructor(
    private readonly statements: StatementRepository,
    private readonly clock: ProcessClock,
  ) {}

  /** @throws InputError naming each statement that cannot be kept, its field and what to write; nothing is kept then */
  public async keep(
    partner: string,
    given: readonly CovariateStatementInput[],
  ): Promise<CovariatesSaidModel> {
    if (given.length === 0 || given.length > MOST_AT_ONCE)
      throw new InputError(
        'ARGUMENT_INVALID',
        `statements: ${given.length} sent, 1 to ${MOST_AT_ONCE} are taken at once`,
      );
    const now = this.clock.now();
    const kept: NewStatement[] = [];
    const faults: string[] = [];
    given.forEach((statement, at) => {
      const read = parseStatement(statement, now);
      if (isFault(read)) faults.push(`statements[${at}].${read.field}: ${read.reason}`);
      else kept.push(read);
    });
    if (faults.length > 0)
      throw new InputError(
        'ARGUMENT_INVALID',
        `nothing was kept; ${faults.length} of ${given.length} cannot be: ${faults.slice(0, SHOWN_FAULTS).join('; ')}`,
      );
    return { kept: await this.statements.add(partner, partner.toLowerCase(), kept) };
  }
}
