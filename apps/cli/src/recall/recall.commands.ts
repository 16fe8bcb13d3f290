import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  recallCsv,
  RecallDrillService,
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
    .option('--drill', 'a mock recall: holders are told so, nothing goes on chain, and its clock runs')
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

async function open(
  options: CriteriaOptions & { readonly partner: string; readonly drill?: boolean },
): Promise<void> {
  const [partner] = await partnersOf(options, [options.partner]);
  const id = await withDatabase(options, (dataSource) =>
    new RecallService(dataSource, new RecallPreviewReader(dataSource)).open(partner!, criteriaOf(options), {
      clock: () => new Date(),
      ...(options.drill ? { drill: true } : {}),
    }),
  );
  process.stdout.write(`${id}\n`);
}

async function list(options: ReadOptions): Promise<void> {
  const recalls = await withDatabase(options, (dataSource) =>
    new RecallReader(dataSource).list(asOfOptions(options)),
  );
  const lines = recalls.map(
    ({ id, state, drill, affectedCount, createdAt }) =>
      `${state.padEnd(8)} ${id}  ${affectedCount} items, ${createdAt.toISOString()}${drill ? ', a drill' : ''}`,
  );
  process.stdout.write(`${lines.join('\n') || 'no recalls yet'}\n`);
}

async function report(id: string, options: ReadOptions & { readonly out?: string }): Promise<void> {
  const items = await withDatabase(options, (dataSource) => new RecallReader(dataSource).items(id, 100_000));
  const text = recallCsv(items);
  if (options.out === undefined) process.stdout.write(text);
  else await writeFile(options.out, text);
}

interface AnswerOptions {
  readonly stateDir: string;
  readonly partner: string;
}

async function acknowledge(
  id: string,
  options: ReadOptions & AnswerOptions & { readonly recovered: number },
): Promise<void> {
  const { recovered } = options;
  const onChain = ['acknowledge', BigInt(Math.round(recovered * 1_000))] as const;
  await answer(id, options, onChain, (drills, partner) => drills.answer(id, partner, recovered, new Date()));
}

async function close(
  id: string,
  options: ReadOptions & AnswerOptions & { readonly outcome: string },
): Promise<void> {
  const { outcome } = options;
  await answer(id, options, ['close', outcome], (drills, partner) =>
    drills.end(id, partner, outcome, new Date()),
  );
}

/** A recall is answered on chain, a drill in the database. */
async function answer(
  id: string,
  options: ReadOptions & AnswerOptions,
  [functionName, word]: readonly [string, unknown],
  toDrill: (drills: RecallDrillService, partner: string) => Promise<void>,
): Promise<void> {
  const [partner] = await partnersOf(options, [options.partner]);
  const isDrill = await withDatabase(options, async (dataSource) => {
    const recall = await new RecallReader(dataSource).find(id);
    if (recall?.drill) await toDrill(new RecallDrillService(dataSource), partner!);
    return recall?.drill === true;
  });
  if (!isDrill) {
    const context = await localContext(options.stateDir);
    const { address } = context.deployment.contracts.RecallNotice;
    const args = [partner, id, word];
    await send(context, context.accounts.relayer, { address, abi: recallNoticeAbi, functionName, args });
  }
  process.stdout.write(isDrill ? 'noted of the drill\n' : 'on chain\n');
}

async function drill(options: CriteriaOptions): Promise<void> {
  const lines = await withDatabase(options, (dataSource) =>
    runDrill(dataSource, criteriaOf(options), asOfOptions(options), () => performance.now()),
  );
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}
