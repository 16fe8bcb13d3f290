import { TextIntake } from '@tallyhouse/nlp';
import { writtenTexts, type World } from '@tallyhouse/simulation';
import type { DataSource } from 'typeorm';
import type { LocalAccounts } from './accounts.js';

const TEXTS = 400;

/**
 * Takes in what people of the world wrote. Nobody waits for more: the worker seals, reads and sorts the texts beside all
 * else.
 */
export async function seedTexts(
  dataSource: DataSource,
  world: World,
  accounts: LocalAccounts,
): Promise<void> {
  const intake = new TextIntake(dataSource);
  const texts = writtenTexts(world, TEXTS);
  for (const [index] of world.partners.entries()) {
    const own = texts.filter(({ partner }) => partner === index);
    if (own.length > 0)
      await intake.take(own, accounts.partner(index).address.toLowerCase(), 'IMPORT', new Date());
  }
}
