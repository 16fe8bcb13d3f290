import { ActWords } from '../../components/act-words.js';
import { Sheet } from '../../components/sheet.js';
import type { Hex, Partner } from '../../network/types.js';
import { CheckedField } from './checked-field.js';
import { isNamed } from './grant-draft.js';
import { GrantExtent, GrantParts } from './grant-extent.js';
import { KINDS } from './grant-words.js';
import { GranteeField } from './grantee-field.js';
import { useGrantForm } from './use-grant-form.js';
import type { DraftForm } from './use-grant-form.js';

/** Lets somebody read something; what is wrong stands beside its field, whoever finds it. */
export function NewGrant(props: { owner: Hex; partners: readonly Pick<Partner, 'address' | 'name'>[] }) {
  const { owner, partners } = props;
  const { form, act, isRefusedByField, give } = useGrantForm(owner);
  return (
    <Sheet title="Let somebody read">
      <form
        className="grant-form"
        aria-label="A new grant"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        <GranteeField form={form} partners={partners.filter(({ address }) => address !== owner)} />
        <ThingFields form={form} />
        <GrantExtent form={form} />
        <CheckedField
          name="Last day"
          fault={form.faultOf('expiresAt')}
          hint="In UTC. Left empty, it has no end of its own."
        >
          {(control) => (
            <input
              {...control}
              type="date"
              value={form.draft.until}
              onChange={(event) => form.set('expiresAt', { until: event.target.value })}
            />
          )}
        </CheckedField>
        <GrantParts form={form} />
        <p className="acts-row checked-wide">
          <button type="submit" className="button button-main" disabled={act.isBusy}>
            Grant it
          </button>
        </p>
      </form>
      <ActWords fault={isRefusedByField ? null : act.fault} done={act.done} />
    </Sheet>
  );
}

function ThingFields({ form }: { form: DraftForm }) {
  const { kind, resource } = form.draft;
  return (
    <>
      <CheckedField
        name="May read"
        fault={form.faultOf('kind')}
        hint={KINDS.find(([one]) => one === kind)?.[2]}
      >
        {(control) => (
          <select
            {...control}
            value={kind}
            onChange={(event) => form.set('kind', { kind: event.target.value as typeof kind })}
          >
            {KINDS.map(([value, said]) => (
              <option key={value} value={value}>
                {said}
              </option>
            ))}
          </select>
        )}
      </CheckedField>
      {isNamed(kind) ? (
        <CheckedField
          name="Which"
          fault={form.faultOf('resource')}
          hint="A link, (01)… as on a label, or the digits."
        >
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={resource}
              onChange={(event) => form.set('resource', { resource: event.target.value })}
            />
          )}
        </CheckedField>
      ) : null}
    </>
  );
}
