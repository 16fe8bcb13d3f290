import { useState } from 'react';
import { PartnerAccess, usePartnerAccess } from '../../components/partner-access.js';
import { Sheet } from '../../components/sheet.js';
import { Notice, failureSentence } from '../../components/states.js';
import { read } from '../../network/graphql-client.js';
import { OPEN_RECALL } from '../../network/queries/recalls.js';
import { navigate } from '../../router/router.js';

/** Opens the recall that is previewed. */
export function OpenRecall({ criteria, affected }: { criteria: object; affected: number }) {
  const access = usePartnerAccess();
  const [isDrill, setDrill] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const [isOpening, setOpening] = useState(false);
  const open = () => {
    setOpening(true);
    const variables = { criteria, drill: isDrill };
    read<{ openRecall: { id: string } }>(OPEN_RECALL, variables, undefined, access.headers)
      .then(({ openRecall }) => navigate(`/recalls/${openRecall.id}`))
      .catch((error: unknown) => {
        setFault(error);
        setOpening(false);
      });
  };
  return (
    <Sheet title="Open this recall">
      <p>
        {isDrill
          ? 'A drill fixes this list and starts a clock. Every holder is told that it is a drill; nothing goes on chain.'
          : 'Opening fixes this list. Its hash and root go on chain, and every holder is told. It cannot be taken back, only closed.'}
      </p>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <PartnerAccess access={access} />
        <label className="field-check">
          <input type="checkbox" checked={isDrill} onChange={(event) => setDrill(event.target.checked)} />
          Only a drill
        </label>
        <button type="submit" className="button" disabled={isOpening || !access.isReady}>
          {isOpening
            ? 'Opening…'
            : `${isDrill ? 'Drill' : 'Recall'} ${affected} ${affected === 1 ? 'item' : 'items'}`}
        </button>
      </form>
      {fault ? <Notice tone="bad">{failureSentence(fault)}</Notice> : null}
    </Sheet>
  );
}
