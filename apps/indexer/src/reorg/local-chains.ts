/** Chain ids of development nodes (anvil, Hardhat; Ganache), which are restarted from older states at will. */
const LOCAL_CHAINS: readonly number[] = [31_337, 1_337];

export function isLocalChain(chainId: number): boolean {
  return LOCAL_CHAINS.includes(chainId);
}
