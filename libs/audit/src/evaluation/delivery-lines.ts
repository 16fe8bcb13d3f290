/** A line of a delivery record, as somebody wrote it down. Dates are `YYYY-MM-DD`. */
export interface DeliveryLine {
  /** Number of the line in its file. */
  readonly line: number;
  readonly scheduled: string;
  readonly delivered: string;
  readonly recorded: string;
  /** When the order went out, where the source has a date for it. */
  readonly ordered: string | undefined;
  /** Everything that makes two lines the same delivery: order, product, quantity, day. */
  readonly sameness: string;
}

/** What is wrong with a line, in a sentence. */
export interface LineFinding {
  readonly line: number;
  readonly kind: 'late' | 'out of order' | 'duplicate';
  readonly explanation: string;
}

const DAY_MS = 86_400_000;

/**
 * Finds lines that are late, whose dates contradict each other, or that repeat an earlier line. A duplicate may be two
 * true part deliveries: it is a question to the sender, not a verdict.
 *
 * @param lateAfterDays days behind schedule that count as late
 * @example lineFindings([{ ...line, scheduled: '2010-01-01', delivered: '2010-02-01' }], 14)[0]?.kind // 'late'
 */
export function lineFindings(lines: Iterable<DeliveryLine>, lateAfterDays: number): LineFinding[] {
  const findings: LineFinding[] = [];
  const first = new Map<string, number>();
  for (const each of lines) {
    const { line, scheduled, delivered, sameness } = each;
    const find = (kind: LineFinding['kind'], explanation: string): void =>
      void findings.push({ line, kind, explanation });
    const delay = days(scheduled, delivered);
    if (delay > lateAfterDays)
      find(
        'late',
        `delivered on ${delivered}, ${delay} days after the ${scheduled} it was due; ${lateAfterDays} are allowed`,
      );
    for (const contradiction of contradictions(each)) find('out of order', contradiction);
    const earlier = first.get(sameness);
    if (earlier === undefined) first.set(sameness, line);
    else find('duplicate', `the same order, product, quantity and day as line ${earlier}`);
  }
  return findings;
}

function contradictions({ ordered, delivered, recorded }: DeliveryLine): string[] {
  const found: string[] = [];
  if (recorded < delivered)
    found.push(
      `recorded on ${recorded}, ${days(recorded, delivered)} days before it was delivered on ${delivered}`,
    );
  if (ordered !== undefined && ordered > delivered)
    found.push(
      `ordered on ${ordered}, ${days(delivered, ordered)} days after it was delivered on ${delivered}`,
    );
  return found;
}

function days(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
