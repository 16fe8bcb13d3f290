import { Notice, Answer, Empty } from '../../components/states.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { CUSTODY_PARTIES } from '../../network/queries/custody.js';
import { useRead } from '../../network/reads.js';
import type { Hex, Partner } from '../../network/types.js';
import { useWallet } from '../../network/wallet-state.js';
import { walletEngine } from '../../network/wallet.js';
import { FAULT_WORDS } from '../../network/wallet-words.js';
import { useSearch, useTitle } from '../../router/router.js';
import { StepWords } from '../governance/step-words.js';
import { useStep } from '../governance/use-step.js';
import { Desk } from './desk.js';

/** Offers of logistic units to and by the partner for whom the reader's account speaks. */
export function CustodyPage() {
  useTitle('Custody');
  const wallet = useWallet();
  return (
    <>
      <PageHead
        title="Custody"
        lead="Goods change hands in two steps: their holder offers them by SSCC, the other side accepts or rejects."
      />
      {wallet.address === null ? (
        <Sheet title="Your part">
          <p>Connect a wallet at the top of the page to see what is offered to you.</p>
        </Sheet>
      ) : wallet.network !== null && wallet.chainId !== wallet.network.chainId ? (
        <WrongChain chainId={wallet.network.chainId} />
      ) : (
        <Parties account={wallet.address} />
      )}
    </>
  );
}

function WrongChain({ chainId }: { chainId: number }) {
  const { step, run, busy } = useStep();
  const switchNetwork = () =>
    run('Your wallet is on the right network now.', async () => (await walletEngine()).switchNetwork());
  return (
    <Notice tone="warn">
      <p>{FAULT_WORDS.wrongChain}</p>
      <button type="button" className="button" disabled={busy} onClick={() => void switchNetwork()}>
        Switch to chain {chainId}
      </button>
      <StepWords step={step} />
    </Notice>
  );
}

interface PartiesAnswer {
  partnersSpokenFor: Partner[];
  partners: Partner[];
}

function Parties({ account }: { account: Hex }) {
  const [search, change] = useSearch();
  const read = useRead<PartiesAnswer>('custody', CUSTODY_PARTIES, { account });
  return (
    <Answer of={read} rows={6}>
      {({ partnersSpokenFor: own, partners }) => {
        const partner = own.find(({ address }) => address === search.get('partner')) ?? own[0];
        if (!partner)
          return (
            <Empty title="This account speaks for no partner">
              A partner names the accounts that speak for it in the registry on chain.
            </Empty>
          );
        return (
          <>
            {own.length > 1 ? (
              <label className="field acting-for">
                You act for
                <select value={partner.address} onChange={(event) => change({ partner: event.target.value })}>
                  {own.map(({ address, name }) => (
                    <option key={address} value={address}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            ) : (
              <p>
                You act for <strong>{partner.name}</strong>.
              </p>
            )}
            <Desk key={partner.address} account={account} partner={partner} partners={partners} />
          </>
        );
      }}
    </Answer>
  );
}
