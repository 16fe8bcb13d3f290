import { Notice } from '../../components/states.js';
import { useWallet } from '../../network/wallet-state.js';
import { walletEngine } from '../../network/wallet.js';
import { FAULT_WORDS } from '../../network/wallet-words.js';
import { StepWords } from './step-words.js';
import { useStep } from './use-step.js';

/** Says that the wallet is on another network, with the button that moves it; nothing when it is on this one. */
export function WrongChain() {
  const { address, chainId, network } = useWallet();
  const { step, run, busy } = useStep();
  if (address === null || network === null || chainId === network.chainId) return null;
  const move = () =>
    run('Your wallet is on the right network now.', async () => (await walletEngine()).switchNetwork());
  return (
    <>
      <Notice tone="warn">
        <p>{FAULT_WORDS.wrongChain}</p>
        <button type="button" className="button" disabled={busy} onClick={() => void move()}>
          Switch to chain {network.chainId}
        </button>
      </Notice>
      <StepWords step={step} />
    </>
  );
}
