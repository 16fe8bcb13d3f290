import { LimitError } from '../shared/errors/api.errors.js';

/** Lets one question be answered after the other. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** @param most questions that are being answered or wait for it */
  public constructor(private readonly most: number) {}

  /** @throws LimitError while too many wait; what `work` throws */
  public async take<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.waiting >= this.most)
      throw new LimitError('TOO_MANY_WAITING', `${this.most} questions wait already; ask again later`);
    this.waiting++;
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting--;
    }
  }
}
