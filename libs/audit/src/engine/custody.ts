/** What the Custody contract said of a unit. Parties are written as `Fact.party`, times are Unix milliseconds. */
export interface CustodyStatement {
  readonly kind: 'OFFERED' | 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN' | 'RELEASED';
  /** Time of its block. */
  readonly at: number;
  /** Who offered it; at a release, who held it. */
  readonly sender: string;
  /** Who was to take it; empty at a release. */
  readonly recipient: string;
  /** Until when an offer may be accepted; zero where it is none. */
  readonly deadline: number;
  readonly reason?: string;
}

/** An offer and what became of it; open where nothing answers it. */
export interface Offer {
  readonly sender: string;
  readonly recipient: string;
  readonly at: number;
  readonly deadline: number;
  readonly answer: CustodyStatement | undefined;
}

/** Whom the contract names as holder, from a time on; undefined after a release. */
export interface Tenure {
  readonly from: number;
  readonly holder: string | undefined;
}

/** The custody of one unit as its statements, in the order of the chain, make it. */
export interface UnitCustodyHistory {
  readonly offers: readonly Offer[];
  readonly tenures: readonly Tenure[];
}

/** Plays the statements of a unit: an offer makes its sender the holder, an acceptance its recipient, a release nobody. */
export function custodyHistory(statements: readonly CustodyStatement[]): UnitCustodyHistory {
  const offers: Offer[] = [];
  const tenures: Tenure[] = [];
  for (const statement of statements) {
    const { kind, at, sender, recipient, deadline } = statement;
    const last = offers.at(-1);
    if (kind === 'OFFERED') offers.push({ sender, recipient, at, deadline, answer: undefined });
    else if (last && !last.answer) offers[offers.length - 1] = { ...last, answer: statement };
    if (kind === 'OFFERED') tenures.push({ from: at, holder: sender });
    if (kind === 'ACCEPTED') tenures.push({ from: at, holder: recipient });
    if (kind === 'RELEASED') tenures.push({ from: at, holder: undefined });
  }
  return { offers, tenures };
}

/** Everyone who holds the unit at some moment from `from` to `to`, both included; empty before custody began. */
export function holdersWithin(
  { tenures }: UnitCustodyHistory,
  from: number,
  to: number,
): (string | undefined)[] {
  return tenures
    .filter((tenure, index) => tenure.from <= to && (tenures[index + 1]?.from ?? Infinity) >= from)
    .map(({ holder }) => holder);
}
