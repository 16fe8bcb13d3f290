import { useState } from 'react';
import type { Partner } from '../../network/types.js';
import { CheckedField } from './checked-field.js';
import type { DraftForm } from './use-grant-form.js';

const OTHER = 'other';

/** A partner by name, or any account by its address, such as an auditor's. */
export function GranteeField(props: {
  form: DraftForm;
  partners: readonly Pick<Partner, 'address' | 'name'>[];
}) {
  const { form, partners } = props;
  const [isOther, setOther] = useState(false);
  const { grantee } = form.draft;
  const choose = (value: string) => {
    setOther(value === OTHER);
    form.set('grantee', { grantee: value === OTHER ? '' : value });
  };
  return (
    <>
      <CheckedField
        name="To"
        fault={isOther ? undefined : form.faultOf('grantee')}
        hint="A partner sees it with all its accounts."
      >
        {(control) => (
          <select
            {...control}
            value={isOther ? OTHER : grantee}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">Choose</option>
            {partners.map(({ address, name }) => (
              <option key={address} value={address}>
                {name}
              </option>
            ))}
            <option value={OTHER}>An account by its address</option>
          </select>
        )}
      </CheckedField>
      {isOther ? (
        <CheckedField
          name="Address of the account"
          fault={form.faultOf('grantee')}
          hint="Whoever signs in with it reads."
        >
          {(control) => (
            <input
              {...control}
              className="mono"
              autoComplete="off"
              spellCheck={false}
              placeholder="0x…"
              value={grantee}
              onChange={(event) => form.set('grantee', { grantee: event.target.value })}
            />
          )}
        </CheckedField>
      ) : null}
    </>
  );
}
