import { keccak256, toBytes, type Hex } from 'viem';
import { CliError } from '../cli.errors.js';
import type { LocalContext } from '../local-context.js';
import { connect } from '../up/seed.js';

/** What `queue` and `execute` of OZ Governor take: targets, values, calldatas, descriptionHash. */
export type ProposalParts = readonly [readonly Hex[], readonly bigint[], readonly Hex[], Hex];

/** The parts of an indexed proposal. */
export async function proposalParts(context: LocalContext, proposalId: bigint): Promise<ProposalParts> {
  const dataSource = await connect(context.databaseUrl);
  try {
    const [row]: { targets: Hex[]; call_values: string[]; calldatas: Hex[]; description: string }[] =
      await dataSource.query(
        'SELECT targets, call_values::text[], calldatas, description FROM proposal_created WHERE proposal_id = $1',
        [proposalId.toString()],
      );
    if (!row) throw new CliError(`no proposal ${proposalId} is indexed`, 'see ./tallyhouse proposals');
    return [row.targets, row.call_values.map(BigInt), row.calldatas, keccak256(toBytes(row.description))];
  } finally {
    await dataSource.destroy();
  }
}
