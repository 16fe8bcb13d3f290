import { describe, expect, it } from '@jest/globals';
import { FAULT_WORDS, faultSentence, walletFault } from './wallet-words.js';

const nested = (inner: object) =>
  Object.assign(new Error('outer'), { cause: Object.assign(new Error('middle'), { cause: inner }) });

describe('walletFault', () => {
  it.each([
    [{ code: 4001, message: 'User rejected the request.' }, 'rejected'],
    [{ code: -32002, message: 'Already processing' }, 'pendingRequest'],
    [{ code: 4902, message: 'Unrecognized chain ID' }, 'unknownChain'],
    [{ name: 'ProviderNotFoundError', message: 'Provider not found.' }, 'noWallet'],
    [{ name: 'ConnectorChainMismatchError', message: 'The current chain differs' }, 'wrongChain'],
    [
      {
        name: 'ContractFunctionRevertedError',
        errorName: 'x',
        data: { errorName: 'GovernorAlreadyCastVote' },
      },
      'alreadyVoted',
    ],
    [{ message: 'reverted: GovernorUnexpectedProposalState(1,2,3)' }, 'votingClosed'],
    [{ message: 'reverted: TimelockUnexpectedOperationState' }, 'notReady'],
    [{ message: 'insufficient funds for gas * price + value' }, 'noFunds'],
    [{ name: 'HttpRequestError', message: 'HTTP request failed.' }, 'unreachable'],
    [{ message: 'something else' }, 'unknown'],
  ])('finds the fault of %j behind two wrappers', (inner, fault) => {
    expect(walletFault(nested(inner))).toBe(fault);
  });

  it('prefers the contract error over the wallet code around it', () => {
    const error = { code: 4001, cause: { data: { errorName: 'GovernorAlreadyCastVote' } } };
    expect(walletFault(error)).toBe('alreadyVoted');
  });

  it('ends on a cause that points at itself', () => {
    const loop: { cause?: object } = {};
    loop.cause = loop;
    expect(walletFault(loop)).toBe('unknown');
  });

  it('survives values that are no errors', () => {
    expect([walletFault(undefined), walletFault('text'), walletFault(null)]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});

describe('a ballot that the relayer does not take', () => {
  const refusal = (code: string) =>
    Object.assign(new Error('the budget of the day is spent'), { name: 'RelayRefusal', code });

  it('is worded as the contract would word it where it would refuse it too', () => {
    expect(faultSentence(refusal('ALREADY_VOTED'))).toBe(FAULT_WORDS.alreadyVoted);
    expect(faultSentence(refusal('NO_VOTES'))).toBe(FAULT_WORDS.noPower);
  });

  it('carries the reason of the relayer and the way out elsewhere', () => {
    expect(faultSentence(refusal('BUDGET_SPENT'))).toBe(
      `${FAULT_WORDS.notRelayed} the budget of the day is spent`,
    );
  });
});

describe('faultSentence', () => {
  it('gives the known sentence', () => {
    expect(faultSentence({ code: 4001 })).toBe(FAULT_WORDS.rejected);
  });

  it('carries one short line of an unknown reason', () => {
    expect(faultSentence(new Error(`first line\nsecond ${'x'.repeat(500)}`))).toBe(
      `${FAULT_WORDS.unknown} first line`,
    );
  });
});
