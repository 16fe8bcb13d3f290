import type { WorldSummary } from './seed-stack.js';
import type { Stack } from './stack.js';

/** What a person sees when everything runs: where to look, and three queries to paste. */
export function readyMessage(stack: Stack, { counts, proposalId }: WorldSummary): string {
  const vote = proposalId === undefined ? '' : `\n  open vote      ${stack.apiUrl}/governance/${proposalId}`;
  const items = stack.items
    ? `\n  findings       ${stack.apiUrl}/findings   (faults planted among ${stack.items.world.options.events} events of single items)`
    : '';
  return `
Ready: ${counts.captured} events captured, ${counts.anchored} anchored and indexed, ${counts.forecasts} forecast points.

  web pages      ${stack.apiUrl}
  GraphQL        ${stack.apiUrl}/graphql
  chain (RPC)    ${stack.rpcUrl}   chain id ${stack.deployment.chainId}${vote}${items}
  keys           ${stack.state.path}/world.json   (wallet phrase and partners' API keys of this local world)
  logs           ${stack.state.logs}

Three queries to paste into ${stack.apiUrl}/graphql :

  { indexStatus { blockNumber lagBlocks counts { captured anchored forecasts proposals } } }

  { events(first: 2, filter: { bizStep: "receiving" }) { edges { node { id eventTime status anchor { root txHash } } } } }

  { models { name active { id artifactSha256 state } runtime { state runningVersionId } } }

Vote from the shell:  ./tallyhouse vote ${proposalId ?? '<proposal id>'} for --as alice
Stop with Ctrl-C; everything is kept.
`;
}
