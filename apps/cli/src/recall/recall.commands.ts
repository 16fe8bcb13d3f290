import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  recallCsv,
  RecallPreviewReader,
  RecallReader,
  RecallService,
  reportItem,
  type RecallCriteria,
} from '@tallyhouse/audit';
import { recallNoticeAbi } from '@tallyhouse/chain';
import {
  asOfOptions,
  instant,
  printable,
  readingOptions,
  withDatabase,
  type ReadOptions,
} from '../audit-options.js';
import { partnersOf } from '../custody/custody.commands.js';
import { send } from '../governance/member-actions.js';
import { localContext } from '../local-context.js';
import { runDrill } from './drill.js';

interface CriteriaOptions extends ReadOptions {
  readonly item?: string[];
  readonly product?: string[];
  readonly site?: string[];
  readonly from?: Date;
  readonly to?: Date;
}

/** `tallyhouse recall preview|open|ack|close|report|list|drill` */
export function addRecallCommands(program: Command): void {
  const recall = program.command('recall').description('work out, open and follow recalls');
  const criteria = (command: Command): Command =>
    readingOptions(command)
      .option('--item <uri...>', 'items, lots or containers')
      .option('--product <gtin...>', 'product classes')
      .option('--site <uri...>', 'read points or business locations')
      .option('--from <time>', 'handled from then (ISO 8601)', instant)
      .option('--to <time>', 'handled before then', instant);
  criteria(recall.command('preview').description('what a recall would be about; changes nothing'))
    .option('--csv <file>', 'write the items there')
    .action(preview);
  criteria(
    recall.command('open').description('fix what is recalled; a worker puts it on chain and tells holders'),
  )
    .requiredOption('--partner <name or address>', 'who opens it')
    .action(open);
  readingOptions(recall.command('list').description('recalls and how they stand')).action(list);
  readingOptions(recall.command('report <id>').description('the items of a recall as CSV'))
    .option('--out <file>', 'write there instead of to the screen')
    .action(report);
  readingOptions(recall.command('ack <id>').description('say that a partner has seen a recall'))
    .requiredOption('--partner <name or address>', 'who answers')
    .option('--recovered <quantity>', 'recovered in all so far', Number, 0)
    .action(acknowledge);
  readingOptions(recall.command('close <id>').description('end a recall'))
    .requiredOption('--partner <name or address>', 'its opener')
    .option('--outcome <text>', 'what came of it', '')
    .action(close);
  criteria(
    recall.command('drill').description('a mock recall against the clock; nothing is opened or sent'),
  ).action(drill);
}

function criteriaOf({ item, product, site, from, to }: CriteriaOptions): RecallCriteria {
  return { items: item, products: product, sites: site, from, to };
}

async function preview(options: CriteriaOptions & { readonly csv?: string }): Promise<void> {
  const found = await withDatabase(options, (dataSource) =>
    new RecallPreviewReader(dataSource).preview(criteriaOf(options), asOfOptions(options)),
  );
  if (options.csv !== undefined) await writeFile(options.csv, recallCsv(found.items.map(reportItem)));
  const states = [...Map.groupBy(found.items, ({ state }) => state)].map(
    ([state, of]) => `${state} ${of.length}`,
  );
  const holders = [...Map.groupBy(found.items, ({ holder }) => holder ?? 'unknown')];
  process.stdout.write(
    `${found.items.length} affected: ${states.join(', ') || 'nothing'}${found.truncated ? ' (more were not followed)' : ''}\n` +
      holders.map(([holder, of]) => `  held by ${holder}: ${of.length}\n`).join('') +
      `criteria hash ${found.criteriaHash}\naffected root ${found.affectedRoot ?? 'none'}\n`,
  );
}

async function open(options: CriteriaOptions & { readonly partner: string }): Promise<void> {
  const [partner] = await partnersOf(options, [options.partner]);
  const id = await withDatabase(options, (dataSource) =>
    new RecallService(dataSource, new RecallPreviewReader(dataSource)).open(
      partner!,
      criteriaOf(options),
      new Date(),
    ),
  );
  process.stdout.write(`${id}\n`);
}

async function list(options: ReadOptions): Promise<void> {
  const recalls = await withDatabase(options, (dataSource) =>
    new RecallReader(dataSource).list(asOfOptions(options)),
  );
  const lines = recalls.map(
    ({ id, state, affectedCount, createdAt }) =>
      `${state.padEnd(8)} ${id}  ${affectedCount} items, ${createdAt.toISOString()}`,
  );
  process.stdout.write(`${lines.join('\n') || 'no recalls yet'}\n`);
}

async function report(id: string, options: ReadOptions & { readonly out?: string }): Promise<void> {
  const items = await withDatabase(options, (dataSource) => new RecallReader(dataSource).items(id, 100_000));
  const text = recallCsv(items);
  if (options.out === undefined) process.stdout.write(text);
  else await writeFile(options.out, text);
}

async function acknowledge(
  id: string,
  options: ReadOptions & { readonly partner: string; readonly recovered: number },
): Promise<void> {
  await call(id, 'acknowledge', options, [BigInt(Math.round(options.recovered * 1_000))]);
}

async function close(
  id: string,
  options: ReadOptions & { readonly partner: string; readonly outcome: string },
): Promise<void> {
  await call(id, 'close', options, [options.outcome]);
}

async function call(
  id: string,
  functionName: string,
  options: { readonly stateDir: string; readonly partner: string },
  more: readonly unknown[],
): Promise<void> {
  const context = await localContext(options.stateDir);
  const [partner] = await partnersOf(options, [options.partner]);
  const { address } = context.deployment.contracts.RecallNotice;
  const args = [partner, id, ...more];
  await send(context, context.accounts.relayer, { address, abi: recallNoticeAbi, functionName, args });
  process.stdout.write('on chain\n');
}

async function drill(options: CriteriaOptions): Promise<void> {
  const lines = await withDatabase(options, (dataSource) =>
    runDrill(dataSource, criteriaOf(options), asOfOptions(options), () => performance.now()),
  );
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}
