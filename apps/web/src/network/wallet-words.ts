import { custodySentence } from './custody-words.js';

/** Every way a wallet step can end badly that the reader can do something about. */
export type WalletFault =
  | 'rejected'
  | 'pendingRequest'
  | 'noWallet'
  | 'wrongChain'
  | 'unknownChain'
  | 'noFunds'
  | 'noPower'
  | 'notDelegated'
  | 'alreadyVoted'
  | 'votingClosed'
  | 'notReady'
  | 'belowThreshold'
  | 'otherProposer'
  | 'proposedBefore'
  | 'notRelayed'
  | 'unreachable'
  | 'relayAway'
  | 'unknown';

export const FAULT_WORDS: Record<WalletFault, string> = {
  rejected: 'You declined the request in your wallet. Nothing was sent.',
  pendingRequest: 'Your wallet already has a request open. Open the wallet and answer it first.',
  noWallet: 'No wallet was found in this browser. Install one that can connect to web pages, then reload.',
  wrongChain: 'Your wallet is on another network. Switch it to this one to go on.',
  unknownChain: 'Your wallet does not know this network yet. Add it to go on.',
  noFunds: 'This account cannot pay the network fee. Nothing was sent.',
  noPower: 'This account had no voting power when the vote opened, so its vote would count as nothing.',
  notDelegated:
    'This account holds tokens but has not delegated them. Delegate to yourself to vote next time.',
  alreadyVoted: 'This account has already voted on this proposal. A vote cannot be changed.',
  votingClosed: 'The proposal is in another state now, so this step is no longer possible. Reload to see it.',
  notReady: 'The waiting time before execution is not over yet.',
  belowThreshold:
    'This account votes with too little to propose. Gather delegations, or ask a member with more to propose it.',
  otherProposer:
    'The text names another account as its proposer. Only that account can submit it; change the last line.',
  proposedBefore:
    'The same text with the same calls was proposed before. Change the text to propose it anew.',
  notRelayed:
    'The ballot was not brought to the chain. You can vote by your own transaction instead. The reason:',
  unreachable:
    'The network does not answer. Nothing is known to have been sent; check your wallet before trying again.',
  relayAway:
    'The relay that carries messages to wallets of phones does not answer. Try again in a minute, or use a wallet of this browser.',
  unknown: 'The step failed. The wallet gave this reason:',
};

const BY_CODE: Record<number, WalletFault> = {
  4001: 'rejected',
  5000: 'rejected',
  4900: 'unreachable',
  4901: 'wrongChain',
  4902: 'unknownChain',
  [-32002]: 'pendingRequest',
};

type Words = readonly (readonly [RegExp, WalletFault])[];

/** The contracts' own refusals, which a wallet may wrap in a code of its own. */
const OF_CONTRACTS: Words = [
  [/GovernorAlreadyCastVote|GovernorAlreadyOverriddenVote/, 'alreadyVoted'],
  [/GovernorInsufficientProposerVotes/, 'belowThreshold'],
  [/GovernorRestrictedProposer/, 'otherProposer'],
  [/ProposedBefore/, 'proposedBefore'],
  [/GovernorUnexpectedProposalState|GovernorNonexistentProposal/, 'votingClosed'],
  [/TimelockUnexpectedOperationState/, 'notReady'],
];

/** Refusals of the relayer that the contract would word the same way. */
const BY_REFUSAL: Record<string, WalletFault> = {
  ALREADY_VOTED: 'alreadyVoted',
  VOTE_NOT_OPEN: 'votingClosed',
  PROPOSAL_UNKNOWN: 'votingClosed',
  NO_VOTES: 'noPower',
};

const BY_TEXT: Words = [
  [/UserRejectedRequestError|User (rejected|denied)/i, 'rejected'],
  [/RelayAway/, 'relayAway'],
  [/Unrecognized chain|unknown chain/i, 'unknownChain'],
  [/ChainMismatchError|ConnectorChainMismatchError|SwitchChainNotSupported/, 'wrongChain'],
  [/ProviderNotFoundError|ConnectorNotFoundError|ConnectorNotConnectedError/, 'noWallet'],
  [/ResourceUnavailableRpcError/, 'pendingRequest'],
  [/InsufficientFundsError|insufficient funds/i, 'noFunds'],
  [/HttpRequestError|TimeoutError|Failed to fetch|fetch failed/i, 'unreachable'],
];

/** What went wrong, by the codes of EIP-1193 first and by the contracts' own errors next, through every cause. */
export function walletFault(error: unknown): WalletFault {
  const causes = chain(error);
  if (error instanceof Error && error.name === 'RelayRefusal')
    return BY_REFUSAL[String((error as { code?: unknown }).code)] ?? 'notRelayed';
  for (const [pattern, fault] of OF_CONTRACTS) {
    if (causes.some((cause) => pattern.test(text(cause)))) return fault;
  }
  for (const cause of causes) {
    const fault = BY_CODE[Number((cause as { code?: unknown }).code)];
    if (fault) return fault;
  }
  for (const [pattern, fault] of BY_TEXT) {
    if (causes.some((cause) => pattern.test(text(cause)))) return fault;
  }
  return 'unknown';
}

/** The sentence for the reader; an unknown fault, or one of the relayer, carries its own first line, cut to 200 characters. */
export function faultSentence(error: unknown): string {
  const refusal = custodySentence(chain(error).map(text));
  if (refusal !== undefined) return refusal;
  const fault = walletFault(error);
  if (fault !== 'unknown' && fault !== 'notRelayed') return FAULT_WORDS[fault];
  const cause = error as { shortMessage?: unknown; message?: unknown } | null;
  const own = [cause?.shortMessage, cause?.message].find((one) => typeof one === 'string');
  const line = typeof own === 'string' ? (own.split('\n', 1)[0] ?? '') : 'no reason';
  return `${FAULT_WORDS[fault]} ${line.slice(0, 200)}`;
}

function chain(error: unknown): object[] {
  const found: object[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && found.length < 12 && !found.includes(next)) {
    found.push(next);
    const { cause, data } = next as { cause?: unknown; data?: unknown };
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) found.push(data);
    next = cause;
  }
  return found;
}

function text(cause: object): string {
  const { name, message, shortMessage, errorName } = cause as Record<string, unknown>;
  return [name, message, shortMessage, errorName].filter((part) => typeof part === 'string').join(' ');
}
