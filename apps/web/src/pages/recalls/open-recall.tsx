import { useState } from 'react';
import { Sheet } from '../../components/sheet.js';
import { Notice, failureSentence } from '../../components/states.js';
import { read } from '../../network/graphql-client.js';
import { OPEN_RECALL } from '../../network/queries/audit.js';
import { navigate } from '../../router/router.js';

/** Opens the recall that is previewed; the partner's key is sent once and kept nowhere. */
export function OpenRecall({ criteria, affected }: { criteria: object; affected: number }) {
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<unknown>(null);
  const [isOpening, setOpening] = useState(false);
  const open = () => {
    setOpening(true);
    read<{ openRecall: { id: string } }>(OPEN_RECALL, { criteria }, undefined, { 'x-api-key': key.trim() })
      .then(({ openRecall }) => navigate(`/recalls/${openRecall.id}`))
      .catch((error: unknown) => {
        setFault(error);
        setOpening(false);
      });
  };
  return (
    <Sheet title="Open this recall">
      <p>
        Opening fixes this list. Its hash and root go on chain, and every holder is told. It cannot be taken
        back, only closed.
      </p>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <label className="field field-grow">
          Your partner API key
          <input
            type="password"
            autoComplete="off"
            value={key}
            required
            onChange={(event) => setKey(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={isOpening || key.trim() === ''}>
          {isOpening ? 'Opening…' : `Recall ${affected} ${affected === 1 ? 'item' : 'items'}`}
        </button>
      </form>
      {fault ? <Notice tone="bad">{failureSentence(fault)}</Notice> : null}
    </Sheet>
  );
}
