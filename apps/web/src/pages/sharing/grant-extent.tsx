import { CheckedField } from './checked-field.js';
import { FIELDS } from './grant-words.js';
import type { DraftForm } from './use-grant-form.js';

/** Of which days the events are, and whether all of each comes out. Everything has no parts. */
export function GrantExtent({ form }: { form: DraftForm }) {
  const { kind, from, to, extent } = form.draft;
  if (kind === 'EVERYTHING') return null;
  return (
    <>
      <CheckedField
        name="Events from"
        fault={form.faultOf('eventFrom')}
        hint="First day, in UTC. Empty: from the start."
      >
        {(control) => (
          <input
            {...control}
            type="date"
            value={from}
            onChange={(event) => form.set('eventFrom', { from: event.target.value })}
          />
        )}
      </CheckedField>
      <CheckedField
        name="Events to"
        fault={form.faultOf('eventTo')}
        hint="Last day, in UTC. Empty: those to come too."
      >
        {(control) => (
          <input
            {...control}
            type="date"
            value={to}
            onChange={(event) => form.set('eventTo', { to: event.target.value })}
          />
        )}
      </CheckedField>
      <CheckedField name="Of each event" fault={form.faultOf('fields')} hint={HINTS[extent]}>
        {(control) => (
          <select
            {...control}
            value={extent}
            onChange={(event) => form.set('fields', { extent: event.target.value as typeof extent })}
          >
            <option value="whole">All of it</option>
            <option value="some">Only the fields ticked below</option>
          </select>
        )}
      </CheckedField>
    </>
  );
}

/** Which fields come out, and whether the grant goes on with the goods. */
export function GrantParts({ form }: { form: DraftForm }) {
  const { kind, extent, fields, followsCustody } = form.draft;
  const turn = (field: string) => {
    const left = fields.filter((one) => one !== field);
    form.set('fields', { fields: left.length < fields.length ? left : [...fields, field] });
  };
  return (
    <>
      {kind !== 'EVERYTHING' && extent === 'some' ? (
        <fieldset className="scopes checked-wide">
          <legend>Fields that come out</legend>
          {FIELDS.map(([field, words]) => (
            <label key={field} className="check">
              <input type="checkbox" checked={fields.includes(field)} onChange={() => turn(field)} />
              {words}
            </label>
          ))}
        </fieldset>
      ) : null}
      {kind === 'ITEM' ? (
        <label className="check checked-wide">
          <input
            type="checkbox"
            checked={followsCustody}
            onChange={(event) => form.set('kind', { followsCustody: event.target.checked })}
          />
          Partners who accept it on chain from you, or from who had it of you, may read it too
        </label>
      ) : null}
    </>
  );
}

const HINTS = {
  whole: 'It can be traced, exported and proved.',
  some: 'It can be read, and neither traced nor proved.',
} as const;
