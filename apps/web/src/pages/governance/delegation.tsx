import { useId, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Hash } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { tokens } from '../../format/numbers.js';
import type { Hex } from '../../network/types.js';
import { useWallet } from '../../network/wallet-state.js';
import type { Holdings } from '../../network/wallet-state.js';
import { StepWords } from './step-words.js';
import { useStep } from './use-step.js';

const EVERY_MS = 10_000;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const calls = () => import('../../network/ballot.js');

/** What the reader holds, who votes with it, and a way to choose somebody else; nothing without a wallet. */
export function Delegation() {
  const { address, network, chainId } = useWallet();
  const { step, run, busy } = useStep();
  const held = useQuery({
    queryKey: ['holdings', address],
    enabled: address !== null && network !== null && chainId === network.chainId,
    refetchInterval: EVERY_MS,
    queryFn: async () => (await calls()).holdings(address!),
  });
  if (address === null || !held.data) return null;
  const delegate = (to: Hex) =>
    void run('Delegated. It counts for votes that open from now on.', async () =>
      (await calls()).delegateTo(address, to),
    );
  return (
    <Sheet title="Your votes">
      <Held {...held.data} account={address} />
      <DelegateForm busy={busy} account={address} current={held.data.delegate} delegate={delegate} />
      <StepWords step={step} />
    </Sheet>
  );
}

function Held({ balance, votesNow, delegate, account }: Holdings & { account: Hex }) {
  return (
    <p>
      You hold {tokens(balance)} and vote with {tokens(votesNow)}.{' '}
      {BigInt(delegate) === 0n ? (
        'Nobody votes with what you hold: delegate it, to yourself or to somebody you trust.'
      ) : delegate.toLowerCase() === account.toLowerCase() ? (
        'You vote with your own.'
      ) : (
        <>
          <Hash label="delegate" value={delegate} /> votes with what you hold; on a single proposal you can
          still vote with it yourself.
        </>
      )}
    </p>
  );
}

interface DelegateFormProps {
  busy: boolean;
  account: Hex;
  current: Hex;
  delegate: (to: Hex) => void;
}

function DelegateForm({ busy, account, current, delegate }: DelegateFormProps) {
  const [text, setText] = useState('');
  const id = useId();
  const to = text.trim();
  const wrong = to !== '' && !ADDRESS.test(to);
  return (
    <form
      className="acts"
      onSubmit={(event) => {
        event.preventDefault();
        if (ADDRESS.test(to)) delegate(to as Hex);
      }}
    >
      <label htmlFor={id}>Let this account vote for you</label>
      <input
        id={id}
        className="mono"
        value={text}
        maxLength={42}
        placeholder="0x and 40 hex digits"
        spellCheck={false}
        aria-invalid={wrong}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="vote-choices">
        <button type="submit" className="button" disabled={busy || wrong || to === ''}>
          Delegate
        </button>
        {current.toLowerCase() === account.toLowerCase() ? null : (
          <button type="button" className="button" disabled={busy} onClick={() => delegate(account)}>
            Delegate to myself
          </button>
        )}
      </div>
    </form>
  );
}
