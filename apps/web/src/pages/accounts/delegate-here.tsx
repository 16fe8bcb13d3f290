import { useQuery } from '@tanstack/react-query';
import type { Hex } from '../../network/types.js';
import { useWallet } from '../../network/wallet-state.js';
import { StepWords } from '../governance/step-words.js';
import { useStep } from '../governance/use-step.js';
import { WrongChain } from '../governance/wrong-chain.js';

const calls = () => import('../../network/ballot.js');

/** Lets the reader's tokens be voted with by this account; says so when they already are. */
export function DelegateHere({ account }: { account: Hex }) {
  const { address, network, chainId } = useWallet();
  const { step, run, busy } = useStep();
  const onChain = network !== null && chainId === network.chainId;
  const held = useQuery({
    queryKey: ['holdings', address],
    enabled: address !== null && onChain,
    queryFn: async () => (await calls()).holdings(address!),
  });
  if (address === null) return <p className="quiet">Connect a wallet to delegate to this account.</p>;
  if (!onChain) return <WrongChain />;
  if (!held.data) return null;
  if (held.data.delegate.toLowerCase() === account) return <p>It votes with your tokens.</p>;
  if (held.data.balance === 0n) return <p className="quiet">You hold no tokens to delegate.</p>;
  return (
    <>
      <button
        type="button"
        className="button button-main"
        disabled={busy}
        onClick={() =>
          void run('Delegated. It counts for votes that open from now on.', async () =>
            (await calls()).delegateTo(address, account),
          )
        }
      >
        Delegate to this account
      </button>
      <StepWords step={step} />
    </>
  );
}
