import type { Command } from 'commander';
import { faultLine } from '@tallyhouse/epcis';
import { SenderError } from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import { stateDirOption } from '../audit-options.js';
import { CliError } from '../cli.errors.js';
import { databaseUrlOf } from '../local-context.js';
import { connect } from '../up/seed.js';

/** Options that every command of {@link senderCommand} has. */
export interface SenderOptions {
  readonly stateDir: string;
}

/** A command about what holds for a sender, on the database of `up` or of DATABASE_URL. */
export function senderCommand(parent: Command, usage: string, description: string): Command {
  return parent.command(usage).description(description).addOption(stateDirOption());
}

/** Does the work on the database and says in words what a sender's rule refuses. */
export async function withSenders(
  { stateDir }: SenderOptions,
  work: (dataSource: DataSource) => Promise<void>,
): Promise<void> {
  const dataSource = await connect(await databaseUrlOf(stateDir));
  try {
    await work(dataSource);
  } catch (error) {
    if (!(error instanceof SenderError)) throw error;
    const places = error.faults.map(faultLine);
    throw new CliError(error.message, places.length > 0 ? places.join('\n  ') : '--help shows what is taken');
  } finally {
    await dataSource.destroy();
  }
}
