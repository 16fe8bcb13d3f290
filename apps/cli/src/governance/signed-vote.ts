import type { Hex, TypedDataDefinition } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { CliError } from '../cli.errors.js';
import type { LocalContext } from '../local-context.js';
import type { LocalAccount } from '../up/accounts.js';
import { waitUntil } from '../up/wait-until.js';
import type { Support } from './member-actions.js';

/** A ballot that was relayed and is among the votes. */
export interface RelayedVote {
  readonly id: string;
  readonly txHash: Hex;
  readonly blockNumber: string;
}

interface Ballot {
  readonly id: string;
  readonly state: string;
  readonly txHash: Hex | null;
  readonly blockNumber: string | null;
  readonly failure: string | null;
}
interface Handed {
  readonly ballot: Ballot | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

const TIMEOUT_MS = 120_000;
const TO_SIGN = 'query ($ballot: BallotContent!) { ballotToSign(ballot: $ballot) }';
const RELAY = `mutation ($ballot: BallotInput!) { relayBallot(ballot: $ballot) {
  ballot { id state txHash blockNumber failure } refusal { code message } } }`;
const FIND = 'query ($id: ID!) { relayedBallot(id: $id) { id state txHash blockNumber failure } }';

/** Signs a vote as a member and lets the relayer pay for it; waits until it is among the votes. */
export async function signedVote(
  { apiUrl }: Pick<LocalContext, 'apiUrl'>,
  member: LocalAccount,
  proposalId: bigint,
  support: Support,
  reason: string,
): Promise<RelayedVote> {
  const content = {
    ...{ kind: reason === '' ? 'PLAIN' : 'REASONED', proposalId: proposalId.toString() },
    ...{ support: support.toUpperCase(), voter: member.address, reason },
  };
  const { ballotToSign } = await ask<{
    ballotToSign: TypedDataDefinition & { message: { nonce: string } };
  }>(apiUrl, TO_SIGN, { ballot: content });
  const signature = await privateKeyToAccount(member.privateKey).signTypedData(ballotToSign);
  const { nonce } = ballotToSign.message;
  const { relayBallot } = await ask<{ relayBallot: Handed }>(apiUrl, RELAY, {
    ballot: { ...content, nonce, signature },
  });
  const { ballot, refusal } = relayBallot;
  if (!ballot)
    throw new CliError(
      `the ballot is not taken: ${refusal?.code ?? ''} ${refusal?.message ?? ''}`,
      'vote without --signed to send it as a transaction of your own',
    );
  return waitUntil(`ballot ${ballot.id}`, () => relayed(apiUrl, ballot.id), { timeoutMs: TIMEOUT_MS });
}

async function relayed(apiUrl: string, id: string): Promise<RelayedVote | undefined> {
  const { relayedBallot } = await ask<{ relayedBallot: Ballot }>(apiUrl, FIND, { id });
  const { state, txHash, blockNumber, failure } = relayedBallot;
  if (state === 'FAILED')
    throw new CliError(`the ballot was given up: ${failure ?? ''}`, 'vote without --signed');
  return state === 'INDEXED' ? { id, txHash: txHash!, blockNumber: blockNumber! } : undefined;
}

async function ask<Data>(apiUrl: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (data && !errors) return data;
  throw new CliError(errors?.[0]?.message ?? `the api answers ${response.status}`, 'see the log of the api');
}
