import { useQuery } from '@tanstack/react-query';
import { Sheet } from '../../components/sheet.js';
import { Notice } from '../../components/states.js';
import { tokens } from '../../format/numbers.js';
import type { Hex } from '../../network/types.js';
import { useWallet } from '../../network/wallet-state.js';
import { faultSentence, FAULT_WORDS } from '../../network/wallet-words.js';
import { navigate } from '../../router/router.js';
import { StepWords } from '../governance/step-words.js';
import { useStep } from '../governance/use-step.js';
import { WrongChain } from '../governance/wrong-chain.js';
import type { Change } from './draft.js';
import { useCall } from './planned-call.js';

const EVERY_MS = 6000;

interface SubmitProps {
  change: Change | null;
  description: string | null;
  faults: readonly string[];
}

/** Whether the account may propose, what is still missing, and the button; then the new proposal's page. */
export function Submit({ change, description, faults }: SubmitProps) {
  const { address } = useWallet();
  return (
    <Sheet title="Propose it">
      {address === null ? (
        <p>Connect a wallet at the top of the page to propose.</p>
      ) : (
        <Ready address={address} change={change} description={description} faults={faults} />
      )}
    </Sheet>
  );
}

function Ready({ address, change, description, faults }: SubmitProps & { address: Hex }) {
  const { chainId, network } = useWallet();
  const { step, run, busy } = useStep();
  const call = useCall(change);
  const onChain = network !== null && chainId === network.chainId;
  const power = useQuery({
    queryKey: ['proposing-power', address],
    enabled: onChain,
    refetchInterval: EVERY_MS,
    queryFn: async () => (await import('../../network/propose.js')).proposingPower(address),
  });
  const enough = power.data !== undefined && power.data.votes >= power.data.threshold;
  const missing = change === null ? ['Choose what changes.', ...faults] : faults;
  const submit = async () => {
    let proposalId: string | null = null;
    const done = await run('The proposal is on chain.', async () => {
      const sent = await (
        await import('../../network/propose.js')
      ).propose(address, [call.data!], description!);
      proposalId = sent.proposalId;
      return sent;
    });
    if (done && proposalId) navigate(`/governance/${proposalId}`);
  };
  if (!onChain) return <WrongChain />;
  return (
    <div className="acts">
      {power.error ? <Notice tone="bad">{faultSentence(power.error)}</Notice> : null}
      {power.data ? (
        <p>
          You vote with {tokens(power.data.votes)}; proposing takes {tokens(power.data.threshold)}.
        </p>
      ) : null}
      {power.data && !enough ? <Notice tone="warn">{FAULT_WORDS.belowThreshold}</Notice> : null}
      {missing.length > 0 ? (
        <ul className="quiet">
          {missing.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      ) : null}
      <button
        type="button"
        className="button button-main"
        disabled={busy || !enough || missing.length > 0 || !call.data || description === null}
        onClick={() => void submit()}
      >
        Sign and propose
      </button>
      <StepWords step={step} />
    </div>
  );
}
