import { CliError } from '../cli.errors.js';
import type { LocalContext } from '../local-context.js';

/** Index of the simulated partner in whose name files are imported unless another is named: the distributor. */
export const DEFAULT_PARTNER = '4';
/** Bad lines that are told one by one. */
export const SHOWN_REFUSALS = 20;

/** Address of the partner that an option names by index or address, lower case. */
export function partnerOf(context: LocalContext, named: string): string {
  if (/^0x[0-9a-fA-F]{40}$/.test(named)) return named.toLowerCase();
  if (/^\d{1,3}$/.test(named)) return context.accounts.partner(Number(named)).address.toLowerCase();
  throw new CliError(
    `--partner ${named} names no partner`,
    'give an index such as 4, or an address of 0x and 40 digits',
  );
}
