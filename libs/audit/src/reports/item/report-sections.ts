import type { ItemReport, ReportTrace } from './item-report.js';

/** A part of the report: a table, or without `head` a list of terms and values. */
export interface ReportSection {
  readonly title: string;
  readonly note?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const SHOWN_NODES = 120;

/** The whole report in words, in the order in which an auditor asks. */
export function reportSections(report: ItemReport): ReportSection[] {
  return [
    identity(report),
    findings(report),
    timeline(report),
    trace('Where it came from', report.origins),
    trace('Where it went', report.destinations),
    custody(report),
    ...balances(report),
    temperatures(report),
    corrections(report),
    models(report),
    moment(report),
  ];
}

function identity({ identity: is, position, uri }: ItemReport): ReportSection {
  const { amount } = position;
  const gone = amount ? amount.consumed + amount.sold + amount.disposed : 0;
  return list('What it is, and where', [
    ['Identifier', uri],
    ['Product', [is.productName, is.productGroup].filter(Boolean).join(', ') || is.product],
    ['Made', [is.madeAt && time(is.madeAt), is.madeBy, is.madePlace].filter(Boolean).join(', ')],
    ...Object.entries(is.masterData).map(([name, value]) => [name, worded(value)] as const),
    ['Certificate', is.certification],
    ['State', position.state],
    ['Place', position.location],
    [
      'Holder',
      position.holder &&
        `${position.holder} (${position.holderBy === 'CUSTODY' ? 'on chain' : 'reported last'})`,
    ],
    ['Inside', position.containedIn.join(', ')],
    ['Quantity', amount && `made ${amount.made} ${amount.uom ?? 'pieces'}, gone ${gone}`],
    ['Last seen', position.lastSeen && time(new Date(position.lastSeen).toISOString())],
  ]);
}

function findings({ findings: found }: ItemReport): ReportSection {
  return {
    title: 'Findings',
    ...(found.length === 0 ? { note: 'No rule is broken by what is known.' } : {}),
    head: ['Rule', 'Severity', 'State', 'What is wrong', 'Evidence (event ids)'],
    rows: found.map(({ rule, title, severity, state, explanation, evidence, resolution }) => [
      `${rule} ${title}`,
      severity,
      state,
      resolution ? `${explanation} Resolved: ${resolution}` : explanation,
      evidence.join(' '),
    ]),
  };
}

function timeline({ timeline: events }: ItemReport): ReportSection {
  return {
    title: 'What happened',
    head: ['Time (UTC)', 'Step', 'Place', 'Reported by', 'Through', 'Block', 'Event id'],
    rows: events.map((event) => [
      time(event.time),
      (event.bizStep ?? event.type).replaceAll('_', ' '),
      event.locationName ?? event.location ?? '',
      event.partnerName ?? event.partner,
      event.through ?? '',
      event.blockNumber ?? 'not on chain',
      event.id,
    ]),
  };
}

function trace(title: string, { nodes, truncated }: ReportTrace): ReportSection {
  const others = nodes.slice(1);
  const more = others.length - SHOWN_NODES;
  const notes = [
    ...(others.length === 0 ? ['Nothing is known.'] : []),
    ...(more > 0 ? [`${more} more are in the file, not on this page.`] : []),
    ...(truncated ? ['There is more than was followed.'] : []),
  ];
  return {
    title,
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    head: ['Steps', 'Identifier', 'Name', 'Here as', 'Certainty'],
    rows: others
      .slice(0, SHOWN_NODES)
      .map(({ depth, uri, name, presence, certainty }) => [
        String(depth),
        uri,
        name ?? '',
        presence.toLowerCase(),
        certainty.toLowerCase(),
      ]),
  };
}

function custody({ custody: { holder, transfers } }: ItemReport): ReportSection {
  return {
    title: 'Custody on chain',
    note: holder ? `Held by ${holder}.` : 'Never handed over on chain.',
    head: ['Offered (UTC)', 'From', 'To', 'State', 'Reason', 'Transaction'],
    rows: transfers.map(({ offeredTime, sender, recipient, state, reason, offeredTx }) => [
      time(new Date(offeredTime).toISOString()),
      ...[sender, recipient, state, reason ?? '', offeredTx],
    ]),
  };
}

function balances({ balances: books }: ItemReport): ReportSection[] {
  if (books.length === 0) return [];
  const overspent = books.flatMap((book) => book.overspent);
  return [
    {
      title: 'Mass balance',
      note:
        overspent.length > 0
          ? `Certified goods were used beyond what was made: ${overspent[0]?.excess} ${overspent[0]?.unit}.`
          : 'Opening + in + gap = out + stock, at each place. What is inside a container counts with it, by what it held then.',
      head: ['Place', 'Unit', 'Opening', 'In', 'Out', 'Stock', 'Gap'],
      rows: books.flatMap(({ site, balances: accounts }) =>
        accounts.map((book) => [
          site,
          book.unit,
          ...[book.opening, book.in, book.out, book.stock, book.gap].map((amount) => String(rounded(amount))),
        ]),
      ),
    },
  ];
}

function temperatures({ temperatures: cold }: ItemReport): ReportSection {
  if (!cold) return { title: 'Temperatures', note: 'No thermometer reported.', head: [], rows: [] };
  const { readings, min, max, limits, outside } = cold;
  return {
    title: 'Temperatures',
    note: `${readings} readings from ${min} to ${max} °C; ${outside.length} outside ${limits.min} to ${limits.max} °C.`,
    head: ['From (UTC)', 'To (UTC)', 'Least °C', 'Most °C', 'Event id'],
    rows: outside.map((one) => [time(one.from), time(one.to), String(one.min), String(one.max), one.eventId]),
  };
}

function corrections({ corrections: wrong }: ItemReport): ReportSection {
  return {
    title: 'Corrections',
    note:
      wrong.length === 0
        ? 'No event of it was declared wrong.'
        : 'These events were declared wrong. They are kept, and count for nothing above.',
    head: ['Event (UTC)', 'Step', 'Declared (UTC)', 'Where', 'Reason', 'Event id'],
    rows: wrong.map(({ time: at, bizStep, declaredAt, by, reason, eventId }) => [
      ...[
        time(at),
        bizStep ?? '',
        time(declaredAt),
        by === 'CHAIN' ? 'on chain' : 'EPCIS',
        reason ?? '',
        eventId,
      ],
    ]),
  };
}

function models({ models: used }: ItemReport): ReportSection {
  return {
    title: 'Rule sets behind the findings',
    ...(used.length === 0 ? { note: 'No rule set has judged these events yet.' } : {}),
    head: ['Family', 'SHA-256 of the file', 'State', 'Decided by proposal'],
    rows: used.map(({ family, artifactSha256, state, proposalId }) => [
      ...[family, artifactSha256, state ?? 'unknown to the chain', proposalId ?? 'set up before governance'],
    ]),
  };
}

function moment({ asOf, omitted }: ItemReport): ReportSection {
  return list('Up to when this speaks', [
    ['Asked', asOf.asked],
    ['Chain', asOf.chainId === null ? null : String(asOf.chainId)],
    ['Block', asOf.block],
    ['Block hash', asOf.blockHash],
    ['Block time', asOf.blockTime && time(asOf.blockTime)],
    ['Left out', omitted.join('; ') || 'nothing'],
  ]);
}

function list(title: string, rows: readonly (readonly [string, string | null | undefined])[]): ReportSection {
  return { title, head: [], rows: rows.flatMap(([term, value]) => (value ? [[term, value]] : [])) };
}

function time(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

function worded(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function rounded(amount: number): number {
  return Math.round(amount * 1_000) / 1_000;
}
