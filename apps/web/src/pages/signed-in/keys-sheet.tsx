import { useState } from 'react';
import { ActWords } from '../../components/act-words.js';
import { Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { useAct } from '../../components/use-act.js';
import { API_KEYS } from '../../network/queries/viewer.js';
import { useRead } from '../../network/reads.js';
import type { Partner } from '../../network/types.js';
import type { ApiKey, IssuedKey } from '../../network/viewer-types.js';
import { KeyLedger } from './key-ledger.js';
import { NewKey } from './new-key.js';
import { SecretOnce } from './secret-once.js';

/** Keys of the partner's machines: made, rotated and revoked by who is signed in as the partner. */
export function KeysSheet({ partner }: { partner: Partner }) {
  const act = useAct();
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const keys = useRead<{ apiKeys: ApiKey[] }>('keys', API_KEYS);
  return (
    <Sheet title={`Keys of ${partner.name}’s machines`} flush>
      {issued ? <SecretOnce issued={issued} close={() => setIssued(null)} /> : null}
      <Answer of={keys} rows={3}>
        {({ apiKeys }) =>
          apiKeys.length === 0 ? (
            <Empty title="No key yet">A machine sends one with every request, in the header x-api-key.</Empty>
          ) : (
            <KeyLedger keys={apiKeys} act={act} show={setIssued} />
          )
        }
      </Answer>
      <NewKey act={act} show={setIssued} />
      <ActWords fault={act.fault} done={act.done} />
    </Sheet>
  );
}
