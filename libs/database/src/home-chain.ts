/**
 * Start-up options of a connection that sees one chain. Names of tables and views that tell of a chain then mean those of
 * the schema `home_chain`, which hold this chain's rows alone; `public.…` still means all chains.
 *
 * A connection without these options sees the rows of every chain.
 *
 * @param chainId the chain that the process works on
 * @returns libpq's `options`
 * @throws RangeError for what is no chain id
 * @see docs/adr/0033-a-process-sees-its-chain.md
 * @example new pg.Client({ connectionString, options: homeChain(31337) })
 */
export function homeChain(chainId: number): string {
  if (!Number.isSafeInteger(chainId) || chainId < 1)
    throw new RangeError(`chainId: a whole number above 0 is needed, not ${chainId}`);
  return `-c search_path=home_chain,public -c tallyhouse.home_chain=${chainId}`;
}
