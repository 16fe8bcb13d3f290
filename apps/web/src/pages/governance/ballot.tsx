import { useQuery } from '@tanstack/react-query';
import { Ago } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { Notice } from '../../components/states.js';
import { useNow } from '../../components/use-now.js';
import { tokens } from '../../format/numbers.js';
import type { Proposal } from '../../network/types.js';
import { useWallet } from '../../network/wallet-state.js';
import type { Standing } from '../../network/wallet-state.js';
import { FAULT_WORDS, faultSentence } from '../../network/wallet-words.js';
import { canOverride } from './override.js';
import { StepWords } from './step-words.js';
import { useStep } from './use-step.js';
import { Voting } from './voting.js';
import { WrongChain } from './wrong-chain.js';

const EVERY_MS = 6000;
const DELEGATE_IN_TIME =
  'This account holds tokens but has not delegated them. Delegate to yourself before voting opens, and they count.';

/** Everything the reader's own account can do about this proposal now. */
export function Ballot({ proposal }: { proposal: Proposal }) {
  const wallet = useWallet();
  const { step, run, busy } = useStep();
  const account = wallet.address;
  const wrongChain = account !== null && wallet.network !== null && wallet.chainId !== wallet.network.chainId;
  const standing = useQuery({
    queryKey: ['standing', proposal.id, account, proposal.state],
    enabled: account !== null && wallet.network !== null,
    refetchInterval: EVERY_MS,
    queryFn: async () =>
      (await import('../../network/ballot.js')).standing(
        account!,
        proposal.id,
        Date.parse(proposal.voteStart) / 1000,
      ),
  });
  return (
    <Sheet title="Your part">
      {account === null ? <p>{invitation(proposal.state)}</p> : null}
      <WrongChain />
      {account && !wrongChain ? (
        <Acts proposal={proposal} account={account} standing={standing.data} run={run} busy={busy} />
      ) : null}
      {account && standing.error ? <Notice tone="bad">{faultSentence(standing.error)}</Notice> : null}
      <StepWords step={step} />
    </Sheet>
  );
}

interface ActsProps {
  proposal: Proposal;
  account: `0x${string}`;
  standing: Standing | undefined;
  run: ReturnType<typeof useStep>['run'];
  busy: boolean;
}

function Acts({ proposal, account, standing, run, busy }: ActsProps) {
  const now = useNow();
  const calls = () => import('../../network/ballot.js');
  const undelegated = standing && standing.balance > 0n && BigInt(standing.delegate) === 0n;
  // The chain counts by its own clock; where the two differ, a call that is too early is refused before it is sent.
  const latest = Math.max(now, (standing?.chainTime ?? 0) * 1000);
  const ripe = proposal.state === 'QUEUED' && proposal.eta !== null && Date.parse(proposal.eta) <= latest;
  return (
    <div className="acts">
      {standing ? (
        <Power proposal={proposal} standing={standing} />
      ) : (
        <p>Reading this account from the chain…</p>
      )}
      {undelegated ? (
        <>
          <p>{proposal.state === 'PENDING' ? DELEGATE_IN_TIME : FAULT_WORDS.notDelegated}</p>
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() =>
              void run('Delegated to yourself.', async () => (await calls()).delegateTo(account, account))
            }
          >
            Delegate to myself
          </button>
        </>
      ) : null}
      {proposal.state === 'ACTIVE' && standing ? (
        <Voting proposalId={proposal.id} account={account} standing={standing} run={run} busy={busy} />
      ) : null}
      {proposal.state === 'SUCCEEDED' ? (
        <button
          type="button"
          className="button button-main"
          disabled={busy}
          onClick={() =>
            void run('The proposal is queued.', async () => (await calls()).queueProposal(account, proposal))
          }
        >
          Queue for execution
        </button>
      ) : null}
      {proposal.state === 'QUEUED' ? (
        <button
          type="button"
          className="button button-main"
          disabled={busy || !ripe}
          onClick={() =>
            void run('The proposal is executed.', async () =>
              (await calls()).executeProposal(account, proposal),
            )
          }
        >
          Execute
        </button>
      ) : null}
      {proposal.state === 'QUEUED' && proposal.eta && !ripe ? (
        <p className="quiet">
          Execution opens <Ago iso={proposal.eta} />.
        </p>
      ) : null}
    </div>
  );
}

function Power({ proposal, standing }: { proposal: Proposal; standing: Standing }) {
  if (standing.hasVoted) return <p>{FAULT_WORDS.alreadyVoted}</p>;
  if (proposal.state === 'PENDING')
    return <p>Voting has not opened. Your power now: {tokens(standing.votesNow)}.</p>;
  if (proposal.state !== 'ACTIVE') return <p>Voting is over.</p>;
  if (standing.votesAtOpening > 0n) return <p>Your voting power: {tokens(standing.votesAtOpening)}.</p>;
  if (canOverride(standing)) return null;
  return <p>{FAULT_WORDS.noPower}</p>;
}

function invitation(state: Proposal['state']): string {
  if (state === 'ACTIVE') return 'Connect a wallet at the top of the page to vote.';
  if (state === 'SUCCEEDED' || state === 'QUEUED')
    return 'Connect a wallet at the top of the page to move this proposal on.';
  if (state === 'PENDING') return 'Voting has not opened yet. Connect a wallet to see your voting power.';
  return 'This proposal is closed. Nothing is left to do.';
}
