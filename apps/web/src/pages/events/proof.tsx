import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { download } from '../../components/download.js';
import { Facts, Hash } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { Answer, Empty, Notice, failureSentence } from '../../components/states.js';
import { PROOF } from '../../network/queries/events.js';
import { useRead } from '../../network/reads.js';
import type { EventProof } from '../../network/types.js';
import { Link } from '../../router/router.js';
import { Report } from '../../verify/report.js';

export function Proof({ eventId }: { eventId: string }) {
  const read = useRead<{ proof: EventProof | null }>('events', PROOF, { eventId });
  return (
    <Sheet title="Proof">
      <Answer of={read} rows={8}>
        {(answer) =>
          answer.proof ? (
            <Shown proof={answer.proof} />
          ) : (
            <Empty title="The proof is not ready">Its block was not indexed yet.</Empty>
          )
        }
      </Answer>
    </Sheet>
  );
}

function Shown({ proof }: { proof: EventProof }) {
  return (
    <>
      <p>
        The leaf is a hash over the event, its sender and its record time. Hashed with each value of the path
        in turn it gives the root that the partner fixed in block {proof.blockNumber}.
      </p>
      <Path proof={proof} />
      <Facts
        wide
        rows={[
          ['Canonical SHA-256', <Hash key="jcs" label="canonical hash" value={proof.jcsSha256} />],
          ['Disclosure root', <Hash key="root" label="disclosure root" value={proof.disclosureRoot} />],
          ['Submitter', <Hash key="submitter" label="submitter" value={proof.submitter} />],
          ['Head after the batch', <Hash key="head" label="head" value={proof.head} />],
          ['Block hash', <Hash key="block" label="block hash" value={proof.blockHash} />],
          ['Transaction', <Hash key="tx" label="transaction" value={proof.txHash} />],
        ]}
      />
      <Check proof={proof} />
    </>
  );
}

/** The whole bundle: verified here against the block hash that the chain itself gives, or taken along. */
function Check({ proof }: { proof: EventProof }) {
  const load = async () => (await import('../../network/proof-bundle.js')).readProofBundle(proof.eventId);
  const check = useMutation({
    mutationFn: async () => (await import('../../network/proof-bundle.js')).checkAgainstChain(proof),
  });
  const save = useMutation({
    mutationFn: async () =>
      download(`proof-${proof.eventId}.json`, 'application/json', JSON.stringify(await load(), null, 1)),
  });
  const failed = check.error ?? save.error;
  return (
    <>
      <div className="acts-row">
        <button
          type="button"
          className="button button-main"
          disabled={check.isPending}
          onClick={() => check.mutate()}
        >
          {check.isPending ? 'Checking…' : 'Check in this browser'}
        </button>
        <button type="button" className="button" disabled={save.isPending} onClick={() => save.mutate()}>
          Download proof
        </button>
        <Link className="button" to="/verify">
          Verify a file
        </Link>
      </div>
      <div role="status" aria-live="polite">
        {check.data ? <Report result={check.data} /> : null}
        {failed ? <Notice tone="bad">{failureSentence(failed)}</Notice> : null}
      </div>
    </>
  );
}

const SHOWN_STEPS = 4;

function Path({ proof }: { proof: EventProof }) {
  const [all, setAll] = useState(false);
  const steps = all ? proof.path : proof.path.slice(0, SHOWN_STEPS);
  const hidden = proof.path.length - steps.length;
  return (
    <ol className="path">
      <li>
        <span className="path-name">Leaf</span>
        <Hash label="leaf" value={proof.leaf} />
      </li>
      {steps.map((node, index) => (
        <li key={`${node}-${index}`}>
          <span className="path-name">with {index + 1}</span>
          <Hash label={`path value ${index + 1}`} value={node} />
        </li>
      ))}
      {hidden > 0 ? (
        <li>
          <button type="button" className="link-button" onClick={() => setAll(true)}>
            {hidden} more
          </button>
        </li>
      ) : null}
      <li className="path-root">
        <span className="path-name">Root</span>
        <Hash label="root" value={proof.root} />
      </li>
    </ol>
  );
}
