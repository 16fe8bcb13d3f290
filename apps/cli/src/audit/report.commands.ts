import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  BalanceReader,
  CustodyReader,
  findingsCsv,
  fsmaCsv,
  FsmaReader,
  FindingReader,
  ItemReportReader,
  reportPage,
} from '@tallyhouse/audit';
import { makePublicClient } from '@tallyhouse/chain';
import type { Hex } from '@tallyhouse/proofs';
import { assembleBundles, EventExportReader, type RpcCall } from '@tallyhouse/supply-chain';
import { asOfOptions, instant, readingOptions, withDatabase, type ReadOptions } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { partnersOf } from '../custody/custody.commands.js';
import { localContext } from '../local-context.js';

/** `tallyhouse audit report|fsma204|epcis|csv` */
export function addReportCommands(audit: Command): void {
  readingOptions(
    audit
      .command('report <uri>')
      .description('the audit report of an item, lot or unit with the proofs of its events, as one file'),
  )
    .requiredOption('--out <file>', 'ends in .html for a page that prints on A4, or in .json')
    .action(report);
  ranged(
    readingOptions(
      audit
        .command('fsma204')
        .description('the sortable sheet of the Food Traceability Rule (21 CFR 1.1455)'),
    ),
  ).action(fsma);
  ranged(
    readingOptions(
      audit.command('epcis').description('events as an EPCIS 2.0 document, as they were captured'),
    ),
  )
    .option('--item <uri>', 'only events that name this item, lot or unit')
    .action(epcis);
  readingOptions(audit.command('csv').description('findings as CSV'))
    .option('--out <file>', 'write there instead of to the screen')
    .action(csv);
}

interface RangeOptions extends ReadOptions {
  readonly from?: Date;
  readonly to?: Date;
  readonly partner?: string;
  readonly out?: string;
}

function ranged(command: Command): Command {
  return command
    .option('--from <time>', 'event time, inclusive (ISO 8601)', instant)
    .option('--to <time>', 'event time, exclusive (ISO 8601)', instant)
    .option('--partner <name or address>', 'only what this partner captured')
    .option('--out <file>', 'write there instead of to the screen');
}

async function report(uri: string, options: ReadOptions & { readonly out: string }): Promise<void> {
  const { out } = options;
  if (!/\.(html|json)$/i.test(out))
    throw new CliError(`--out ${out}: of what form?`, 'end the name in .html or .json');
  const context = await localContext(options.stateDir);
  const client = makePublicClient(context.rpcUrl);
  const rpc: RpcCall = (method, params) => client.request({ method, params } as never);
  const registry = context.deployment.contracts.PartnerRegistry.address.toLowerCase() as Hex;
  await withDatabase(options, async (dataSource) => {
    const findings = new FindingReader(dataSource);
    const [custody, books] = [new CustodyReader(dataSource), new BalanceReader(dataSource)];
    const found = await new ItemReportReader(dataSource, findings, custody, books).report(
      uri,
      asOfOptions(options),
    );
    if (!found) throw new CliError(`no event names ${uri}`, 'give a Digital Link or URN as events name it');
    const anchored = found.timeline.filter(({ blockNumber }) => blockNumber !== null).map(({ id }) => id);
    const bundles = await assembleBundles({ dataSource, rpc, registry }, anchored);
    const text = /\.html$/i.test(out)
      ? reportPage(found, bundles)
      : `${JSON.stringify({ ...found, bundles }, null, 1)}\n`;
    await writeFile(out, text);
    process.stdout.write(
      `${out}: ${found.timeline.length} events, ${found.findings.length} findings, ${bundles.length} proof bundles\n` +
        `check it offline: ./tallyhouse verify ${out}\n`,
    );
  });
}

async function fsma(options: RangeOptions): Promise<void> {
  const { from, to } = options;
  if (!from || !to) throw new CliError('a sheet is of a range', 'give --from and --to');
  const partner = await partnerOf(options);
  const rows = await withDatabase(options, (dataSource) =>
    new FsmaReader(dataSource).sheet({ from, to, partner }, asOfOptions(options)),
  );
  await put(options.out, fsmaCsv(rows));
}

async function epcis(options: RangeOptions & { readonly item?: string }): Promise<void> {
  const { from, to, item, out } = options;
  const partner = await partnerOf(options);
  const document = await withDatabase(options, (dataSource) =>
    new EventExportReader(dataSource).document({ from, to, item, partner }, new Date()),
  );
  await put(out, `${JSON.stringify(document, null, 1)}\n`);
}

async function csv(options: ReadOptions & { readonly out?: string }): Promise<void> {
  const text = await withDatabase(options, async (dataSource) => {
    const reader = new FindingReader(dataSource);
    const rows = [];
    let after: string | null = null;
    do {
      const page = await reader.list({}, { first: 1_000, after }, asOfOptions(options));
      rows.push(...page.rows);
      after = page.hasNext ? (page.cursors.at(-1) ?? null) : null;
    } while (after !== null);
    return findingsCsv(rows);
  });
  await put(options.out, text);
}

async function partnerOf(options: RangeOptions): Promise<string | undefined> {
  return options.partner === undefined ? undefined : (await partnersOf(options, [options.partner]))[0];
}

async function put(file: string | undefined, text: string): Promise<void> {
  if (file === undefined) process.stdout.write(text);
  else await writeFile(file, text);
}
