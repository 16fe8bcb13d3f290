import { useState } from 'react';
import { useAct } from '../../components/use-act.js';
import { useNow } from '../../components/use-now.js';
import { read, ReadError } from '../../network/graphql-client.js';
import { GIVE_GRANT } from '../../network/queries/sharing.js';
import type { Hex } from '../../network/types.js';
import { draftFaults, grantInput, NEW_DRAFT, refusedField } from './grant-draft.js';
import type { DraftFaults, DraftField, GrantDraft } from './grant-draft.js';

/** What the parts of the form share. */
export interface DraftForm {
  draft: GrantDraft;
  /** What is wrong with a field; undefined while nobody has touched it. */
  faultOf: (field: DraftField) => string | undefined;
  set: (field: DraftField, change: Partial<GrantDraft>) => void;
}

/** A grant as it is typed, checked at each stroke, and given when nothing is in its way. */
export function useGrantForm(owner: Hex) {
  const act = useAct();
  const nowMs = useNow();
  const [draft, setDraft] = useState(NEW_DRAFT);
  const [touched, setTouched] = useState<ReadonlySet<DraftField>>(new Set());
  const [refused, setRefused] = useState<DraftFaults>({});
  const faults = draftFaults(draft, owner, nowMs);
  const form: DraftForm = {
    draft,
    faultOf: (field) => (touched.has(field) ? (faults[field] ?? refused[field]) : refused[field]),
    set: (field, change) => {
      setDraft({ ...draft, ...change });
      setTouched(new Set([...touched, field]));
      setRefused({});
      if (act.done || act.fault) act.clear();
    },
  };
  const ask = () =>
    read(GIVE_GRANT, { input: grantInput(draft) }).catch((error: unknown) => {
      const found = error instanceof ReadError ? refusedField(error.message) : null;
      if (found) setRefused({ [found.field]: found.words });
      throw error;
    });
  const give = async () => {
    const open = Object.keys(faults) as DraftField[];
    setTouched(new Set([...touched, ...open]));
    if (open.length > 0 || !(await act.run(ask, { done: 'Granted. It is in force now.' }))) return;
    setDraft({ ...NEW_DRAFT, grantee: draft.grantee, kind: draft.kind });
    setTouched(new Set());
  };
  return { form, act, isRefusedByField: Object.keys(refused).length > 0, give };
}
