import { InvalidArgumentError, type Command } from 'commander';
import { AuditError, ProductMeasureRepository } from '@tallyhouse/audit';
import { stateDirOption, withDatabase } from '../audit-options.js';
import { CliError } from '../cli.errors.js';

interface PlaceOptions {
  readonly stateDir: string;
}

interface SetOptions extends PlaceOptions {
  readonly net?: number;
  readonly unit?: string;
  readonly yieldMin: number;
  readonly yieldMax: number;
}

/** `tallyhouse product measure set|list|remove` */
export function addProductCommands(program: Command): void {
  const measure = program
    .command('product')
    .description('what is known of product classes')
    .command('measure')
    .description('what a piece holds and what yields are usual, for mass balances in one unit');
  const add = (usage: string, description: string): Command =>
    measure.command(usage).description(description).addOption(stateDirOption());
  add('set <gtin>', 'set the measure of a class')
    .option('--net <quantity>', 'net content of one piece', number)
    .option('--unit <code>', 'its unit (UN/ECE Recommendation 20, for example KGM)')
    .option('--yield-min <ratio>', 'least output by input', number, 0)
    .option('--yield-max <ratio>', 'greatest output by input', number, 1)
    .action((gtin: string, options: SetOptions) =>
      within(options, async (measures) => {
        const { net, unit, yieldMin, yieldMax } = options;
        const set = await measures.set({ product: gtin, netContent: net, uom: unit, yieldMin, yieldMax });
        process.stdout.write(`${JSON.stringify(set)}\n`);
      }),
    );
  add('list', 'all measures, one JSON object a line').action((options: PlaceOptions) =>
    within(options, async (measures) => {
      let page = await measures.list();
      while (page.length > 0) {
        process.stdout.write(page.map((one) => `${JSON.stringify(one)}\n`).join(''));
        page = await measures.list(page.at(-1)!.product);
      }
    }),
  );
  add('remove <gtin>', 'forget the measure of a class').action((gtin: string, options: PlaceOptions) =>
    within(options, async (measures) => {
      if (await measures.remove(gtin)) return;
      throw new CliError(`${gtin} has no measure`, './tallyhouse product measure list');
    }),
  );
}

async function within(
  options: PlaceOptions,
  work: (measures: ProductMeasureRepository) => Promise<void>,
): Promise<void> {
  await withDatabase(options, (dataSource) => work(new ProductMeasureRepository(dataSource))).catch(
    (error: unknown) => {
      if (error instanceof AuditError) throw new CliError(error.message, '--help shows what is taken');
      throw error;
    },
  );
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number');
  return value;
}
