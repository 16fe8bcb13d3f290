import {
  AuditedEventReader,
  AuditReferenceReader,
  AuditRunService,
  CustodyStatementReader,
  defaultRuleSet,
  FINDING_STATES,
  FindingReader,
  FindingStore,
  LearnFromStore,
  readRuleSet,
  RULE_IDS,
  RULE_SET_FAMILY,
  type FindingRow,
  type FindingState,
  type RuleSet,
} from '@tallyhouse/audit';
import { FileArtifactStore, runningVersions } from '@tallyhouse/model-registry';
import type { DataSource } from 'typeorm';
import { asOfOptions } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { localContext, type LocalContext } from '../local-context.js';
import { connect } from '../up/seed.js';
import { parameterChange, withParameters } from './parameter-option.js';
import { keepRuleSetFile } from './propose-rule-set.js';

const MOST_LEARNED = 1_000_000;
const MOST_LISTED = 1_000;

interface PlaceOptions {
  readonly stateDir: string;
}

/** `tallyhouse audit run` */
export async function runAudit(options: PlaceOptions & { readonly again: boolean }): Promise<void> {
  await withDatabase(options, async (dataSource, context) => {
    const ruleSet = await runningRuleSet(dataSource, context);
    if (options.again)
      await dataSource.query(
        'INSERT INTO audit_queue SELECT seq, id, event_time FROM epcis_event ON CONFLICT DO NOTHING',
      );
    const started = performance.now();
    const { events, raised } = await servicesOn(dataSource).audits.run(ruleSet, new Date());
    const seconds = (performance.now() - started) / 1_000;
    const counts = await new FindingReader(dataSource).countByRule();
    const lines = counts.map(
      ({ rule, severity, count }) => `  ${rule.padEnd(4)} ${severity.padEnd(9)} ${count}`,
    );
    const rate = events === 0 ? '' : `, ${Math.round(events / seconds)} events/s`;
    process.stdout.write(
      `${[`audited ${events} events in ${seconds.toFixed(1)} s${rate}; ${raised} findings raised`, `rule set ${ruleSet.version}`, 'findings that stand:', ...lines].join('\n')}\n`,
    );
  });
}

interface ListOptions extends PlaceOptions {
  readonly rule?: string;
  readonly state?: string;
  readonly subject?: string;
  readonly asOf?: number;
  readonly asOfTime?: Date;
  readonly first: number;
  readonly json: boolean;
}

/** `tallyhouse audit list` */
export async function listFindings(options: ListOptions): Promise<void> {
  const { rule, state, subject, asOf, first, json } = options;
  if (rule !== undefined && !RULE_IDS.some((id) => id === rule))
    throw new CliError(`--rule ${rule}: no such rule`, 'give R1 to R17');
  const wanted = state === undefined ? null : state;
  if (wanted !== null && !isState(wanted))
    throw new CliError(`--state ${state}: no such state`, `give one of ${FINDING_STATES.join(', ')}`);
  if (first < 1 || first > MOST_LISTED)
    throw new CliError(`--first ${first}: out of bounds`, 'give 1 to 1000');
  if (asOf !== undefined && options.asOfTime !== undefined)
    throw new CliError('--as-of and --as-of-time: one moment is enough', 'give a block or a time, not both');
  await withDatabase(options, async (dataSource) => {
    const { rows, hasNext } = await new FindingReader(dataSource).list(
      { rule, state: wanted, subject },
      { first },
      asOfOptions({ ...options, ...(asOf === undefined ? {} : { asOfBlock: BigInt(asOf) }) }),
    );
    const lines = rows.map((row) => (json ? JSON.stringify(row) : findingWords(row)));
    if (rows.length === 0 && !json) lines.push('no findings');
    if (hasNext && !json) lines.push(`and more: narrow by --rule, --state or --subject, or raise --first`);
    process.stdout.write(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
  });
}

/** `tallyhouse audit learn` */
export async function learnRules(
  options: PlaceOptions & { readonly events: number; readonly propose: boolean },
): Promise<void> {
  if (options.events < 1 || options.events > MOST_LEARNED)
    throw new CliError(`--events ${options.events}: out of bounds`, 'give 1 to 1,000,000');
  await withDatabase(options, async (dataSource, context) => {
    const learned = await servicesOn(dataSource).learning.learn(options.events);
    if (!learned) throw new CliError('nothing is stored yet', 'capture events first: ./tallyhouse import');
    const ruleSet = defaultRuleSet().withLearned(learned);
    const summary = `Learned from ${learned.events} events up to ${learned.until}: ${Object.keys(learned.transitions).length} states, ${Object.keys(learned.dwell).length} kinds of stay; ${(learned.flaggedShare * 100).toFixed(2)} % of packed items had findings.`;
    const proposable = { ruleSet, kind: 'learned rule set', summary };
    await keepRuleSetFile(proposable, dataSource, context, options.propose);
  });
}

/** `tallyhouse audit set` */
export async function setParameters(
  texts: string[],
  options: PlaceOptions & { readonly propose: boolean },
): Promise<void> {
  const changes = texts.map(parameterChange);
  await withDatabase(options, async (dataSource, context) => {
    const running = await runningRuleSet(dataSource, context);
    const summary = changes
      .map(
        ({ rule, name, value }) => `${rule}.${name}: ${running.parametersOf(rule)[name]} becomes ${value}.`,
      )
      .join(' ');
    const ruleSet = withParameters(running, changes);
    const proposable = { ruleSet, kind: 'changed rule set', summary };
    await keepRuleSetFile(proposable, dataSource, context, options.propose);
  });
}

async function withDatabase(
  { stateDir }: PlaceOptions,
  work: (dataSource: DataSource, context: LocalContext) => Promise<void>,
): Promise<void> {
  const context = await localContext(stateDir);
  const dataSource = await connect(context.databaseUrl);
  try {
    await work(dataSource, context);
  } finally {
    await dataSource.destroy();
  }
}

/** The services of the audit on a connection of the command line. */
function servicesOn(dataSource: DataSource): { audits: AuditRunService; learning: LearnFromStore } {
  const events = new AuditedEventReader(dataSource);
  const references = new AuditReferenceReader(dataSource);
  const store = new FindingStore(dataSource, new FindingReader(dataSource));
  return {
    audits: new AuditRunService(
      dataSource,
      events,
      references,
      store,
      new CustodyStatementReader(dataSource),
    ),
    learning: new LearnFromStore(dataSource, events, references, store),
  };
}

async function runningRuleSet(dataSource: DataSource, context: LocalContext): Promise<RuleSet> {
  const [row] = await runningVersions(dataSource, [RULE_SET_FAMILY]);
  if (!row)
    throw new CliError('no rule set runs', 'wait for the worker to take it up, or see ./tallyhouse doctor');
  return readRuleSet(await new FileArtifactStore(context.artifactFolder).get(row.artifactSha256));
}

function isState(text: string): text is FindingState {
  return FINDING_STATES.some((state) => state === text);
}

function findingWords({ id, rule, severity, state, happenedAt, explanation, evidence }: FindingRow): string {
  const head = `${rule.padEnd(4)} ${severity.padEnd(9)} ${state.padEnd(10)} ${happenedAt.toISOString().slice(0, 16)}  ${id}`;
  return `${head}\n     ${explanation}\n     evidence: ${evidence.slice(0, 3).join(' ')}`;
}
