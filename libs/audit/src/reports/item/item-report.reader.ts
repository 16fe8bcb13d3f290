import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { AuditError } from '../../audit.errors.js';
import { CustodyReader } from '../../custody/custody.reader.js';
import { defaultRuleSet } from '../../engine/rule-set.js';
import { FindingReader } from '../../findings/finding.reader.js';
import { BalanceReader, type SiteBalance } from '../../mass-balance/index.js';
import { RULES } from '../../rules/index.js';
import { knownAsOf, NOW, type AsOf, type Known, type Queryable } from '../../trace/as-of.js';
import { isClass } from '../../trace/edge.js';
import { positionsOf } from '../../trace/position.reader.js';
import { readingSnapshot } from '../../trace/snapshot.repository.js';
import { walk } from '../../trace/trace.reader.js';
import type { TraceDirection } from '../../trace/walk.js';
import { correctionsOf } from './corrections.reader.js';
import { findingIdsOf } from './findings-of-item.sql.js';
import { identityOf, modelsOf, momentOf } from './identity.reader.js';
import { ITEM_REPORT_FORMAT, type ItemReport, type ReportEvent, type ReportTrace } from './item-report.js';
import { temperaturesOf } from './temperatures.js';
import { lifeOf, MAX_LIFE_EVENTS, type LifeEvent } from './timeline.reader.js';

const BOUNDS = { maxDepth: 30, maxNodes: 400 };
const MAX_SITES = 12;
const ALL_TIME = { from: Date.UTC(1970, 0, 1), to: Date.UTC(2200, 0, 1) };
const MAX_IDENTIFIER = 2_000;

/** Puts together all that is known of an item. */
@Injectable()
export class ItemReportReader {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly findings: FindingReader,
    private readonly custodies: CustodyReader,
    private readonly books: BalanceReader,
  ) {}

  /**
   * The report of an item, lot or unit, in any form of its identifier; undefined when no event names it by then.
   *
   * @throws AuditError `TRACE_INVALID` for what can be no identifier
   */
  public async report(identifier: string, asOf: AsOf = NOW): Promise<ItemReport | undefined> {
    if (identifier.trim() === '' || identifier.length > MAX_IDENTIFIER || identifier.includes('\0'))
      throw new AuditError(
        'TRACE_INVALID',
        `uri: expected an identifier of 1 to ${MAX_IDENTIFIER} characters`,
      );
    const uri = normalizeIdentifier(identifier);
    const read = await readingSnapshot(this.dataSource, async (manager) => {
      const known = await knownAsOf(manager, asOf);
      return { known, ...(await this.story(manager, uri, known)) };
    });
    if (read.life.length === 0) return undefined;
    const { story, life } = read;
    const own = life.filter(({ stands }) => stands);
    const balances = isClass(uri) ? await this.balances(uri, own, asOf) : [];
    const { holder, transfers } = await this.custodies.custody(uri, asOf);
    return { format: ITEM_REPORT_FORMAT, uri, ...story, custody: { holder, transfers }, balances };
  }

  private async story(
    manager: Queryable,
    uri: string,
    known: Known,
  ): Promise<{ life: LifeEvent[]; story: Omit<ItemReport, 'format' | 'uri' | 'custody' | 'balances'> }> {
    const all = await lifeOf(manager, uri, known);
    const life = all.slice(0, MAX_LIFE_EVENTS);
    const standing = life.filter(({ stands }) => stands);
    const findings = await this.findingsOf(manager, uri, life, known);
    const [position] = await positionsOf(manager, [uri], known);
    const [origins, destinations] = [
      await traceOf(manager, uri, 'BACKWARD', known),
      await traceOf(manager, uri, 'FORWARD', known),
    ];
    const { minCelsius = 2, maxCelsius = 8 } = defaultRuleSet().parametersOf('R11');
    const story = {
      identity: await identityOf(manager, uri, standing),
      asOf: await momentOf(manager, known.asOf),
      position: position!,
      timeline: standing.map((event) => reported(event, uri)),
      ...{ origins, destinations, findings },
      temperatures: temperaturesOf(standing, { min: minCelsius, max: maxCelsius }),
      corrections: await correctionsOf(manager, life, known),
      models: await modelsOf(
        manager,
        findings.map(({ ruleSet }) => ruleSet),
      ),
      omitted: omissions(all.length > MAX_LIFE_EVENTS, origins, destinations),
    };
    return { life, story };
  }

  private async findingsOf(
    manager: Queryable,
    uri: string,
    life: readonly LifeEvent[],
    { asOf }: Known,
  ): Promise<ItemReport['findings']> {
    const events = life.filter(({ through }) => through === uri).map(({ id }) => id);
    const found = await Promise.all(
      (await findingIdsOf(manager, uri, events)).map((id) => this.findings.find(id, asOf)),
    );
    return found
      .filter((finding) => finding !== undefined && finding.state !== 'WITHDRAWN')
      .map((finding) => ({ ...finding!, title: RULES[finding!.rule].title }));
  }

  private async balances(uri: string, life: readonly LifeEvent[], asOf: AsOf): Promise<SiteBalance[]> {
    const sites = [...new Set(life.flatMap(({ location }) => location ?? []))].slice(0, MAX_SITES);
    const books: SiteBalance[] = [];
    for (const site of sites) {
      const book = await this.books.balance(site, uri, ALL_TIME, asOf);
      if (book.balances.length > 0) books.push(book);
    }
    return books;
  }
}

function reported(event: LifeEvent, uri: string): ReportEvent {
  const { body: _body, stands: _stands, time, through, ...rest } = event;
  return { ...rest, time: time.toISOString(), through: through === uri ? null : through };
}

async function traceOf(
  manager: Queryable,
  uri: string,
  direction: TraceDirection,
  known: Known,
): Promise<ReportTrace> {
  const { nodes, edges, truncated } = await walk(manager, [uri], direction, BOUNDS, known);
  const names: { uri: string; name: string }[] = await manager.query(
    `SELECT s.uri, s.name FROM site s WHERE s.uri = ANY($1::text[])
     UNION ALL SELECT n.uri, p.name FROM unnest($1::text[]) AS n (uri)
       JOIN product_class p ON p.uri = substring(n.uri FROM '^https://id.gs1.org/01/[0-9]{14}')`,
    [nodes.map((node) => node.uri)],
  );
  const nameOf = new Map(names.map((row) => [row.uri, row.name]));
  return { nodes: nodes.map((node) => ({ ...node, name: nameOf.get(node.uri) ?? null })), edges, truncated };
}

function omissions(tooMany: boolean, origins: ReportTrace, destinations: ReportTrace): string[] {
  return [
    ...(tooMany ? [`the timeline ends after ${MAX_LIFE_EVENTS} events`] : []),
    ...(origins.truncated ? ['there are more origins than were followed'] : []),
    ...(destinations.truncated ? ['it went further than was followed'] : []),
  ];
}
