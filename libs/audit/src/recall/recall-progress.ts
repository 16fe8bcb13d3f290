import type { RecallHolderRow, RecallRow } from './recall.reader.js';

/** How much of what is recalled is accounted for, in one unit of measure. */
export interface RecallAccount {
  /** UN/ECE Recommendation 20; `EA` for pieces. */
  readonly uom: string;
  readonly affected: number;
  /** Used, sold or disposed of before the list stood. */
  readonly gone: number;
  /** Of the rest, how much is at a known place with a known holder. */
  readonly located: number;
  /** What holders have recovered of the rest; null where they may have counted in another unit. */
  readonly recovered: number | null;
  /** Part of what is affected that is gone or recovered, 0 to 1; null where that is not known. */
  readonly accountedShare: number | null;
}

/** The clock of a recall: what is done, and when it was. */
export interface RecallProgress {
  readonly begunAt: Date;
  /** Traceback done: the list of what is affected stood. */
  readonly listedAt: Date;
  /** Null for a drill, and until the chain has it. */
  readonly onChainAt: Date | null;
  readonly holders: number;
  /** Holders whose webhook took the message, and when the last of them did. */
  readonly delivered: number;
  readonly deliveredAt: Date | null;
  /** Holders who answered, and when the last of them did; null until all have. */
  readonly answered: number;
  readonly answeredAt: Date | null;
  /** When the last answer that there is came. */
  readonly lastAnswerAt: Date | null;
  readonly endedAt: Date | null;
  readonly accounts: readonly RecallAccount[];
}

/** What the list says of one unit of measure. */
export type ListedAmount = Pick<RecallAccount, 'uom' | 'affected' | 'gone' | 'located'>;

/** Puts together how far a recall is. Partners who answered without having been told count for what they recovered only. */
export function progressOf(
  recall: RecallRow,
  holders: readonly RecallHolderRow[],
  amounts: readonly ListedAmount[],
): RecallProgress {
  const told = holders.filter(({ toldAt }) => toldAt !== null);
  const delivered = told.flatMap(({ deliveredAt }) => deliveredAt ?? []);
  const answered = told.flatMap(({ acknowledgedTime }) => acknowledgedTime ?? []);
  const isAnswered = told.length > 0 && answered.length === told.length;
  return {
    ...{ begunAt: recall.createdAt, listedAt: recall.listedAt, onChainAt: recall.openedTime },
    ...{ holders: told.length, delivered: delivered.length, deliveredAt: latest(delivered) },
    ...{ answered: answered.length, answeredAt: isAnswered ? latest(answered) : null },
    lastAnswerAt: latest(holders.flatMap(({ acknowledgedTime }) => acknowledgedTime ?? [])),
    endedAt: recall.closedTime,
    accounts: accountsOf(amounts, sum(holders.map(({ recovered }) => recovered ?? 0))),
  };
}

/** Holders give one number; it is of the one unit of which something is left, if there is only one. */
function accountsOf(amounts: readonly ListedAmount[], recovered: number): RecallAccount[] {
  const open = amounts.filter(({ affected, gone }) => affected > gone);
  return amounts.map((amount) => {
    const { affected, gone } = amount;
    const left = affected - gone;
    const own = left <= 0 ? 0 : open.length === 1 ? recovered : null;
    const share = own === null || affected === 0 ? null : (gone + Math.min(own, left)) / affected;
    return { ...amount, recovered: own, accountedShare: share };
  });
}

function latest(times: readonly Date[]): Date | null {
  return times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime())));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
