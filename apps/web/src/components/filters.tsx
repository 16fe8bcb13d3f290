import { useState } from 'react';

/** A field of a list's filter: a choice where `among` names the values, a date, else typed text. */
export interface FilterField {
  /** Its name in the address of the page. */
  readonly key: string;
  readonly name: string;
  readonly among?: readonly string[];
  /** How a value of `among` is said; as it is by default. */
  readonly word?: (value: string) => string;
  readonly isDate?: boolean;
  readonly example?: string;
}

/** Changes the address; null takes a field out. */
export type ChangeSearch = (changes: Record<string, string | null>) => void;

interface FiltersProps {
  fields: readonly FilterField[];
  search: URLSearchParams;
  change: ChangeSearch;
}

/** Lists filter at once; typed fields filter on Enter or on leaving the field. */
export function Filters({ fields, search, change }: FiltersProps) {
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      {fields.map((field) => (
        <FilterInput key={field.key} field={field} value={search.get(field.key) ?? ''} change={change} />
      ))}
      {fields.some((field) => search.has(field.key)) ? (
        <button
          type="button"
          className="button"
          onClick={() => change(Object.fromEntries(fields.map((field) => [field.key, null])))}
        >
          Clear
        </button>
      ) : null}
    </form>
  );
}

function FilterInput(props: { field: FilterField; value: string; change: ChangeSearch }) {
  const { field, value, change } = props;
  const [typed, setTyped] = useState(value);
  const settle = () => {
    if (typed !== value) change({ [field.key]: typed.trim() });
  };
  return (
    <label className={field.among || field.isDate ? 'field' : 'field field-grow'}>
      {field.name}
      {field.among ? (
        <select value={value} onChange={(event) => change({ [field.key]: event.target.value })}>
          <option value="">All</option>
          {field.among.map((one) => (
            <option key={one} value={one}>
              {field.word ? field.word(one) : one}
            </option>
          ))}
        </select>
      ) : (
        <input
          type={field.isDate ? 'date' : 'text'}
          value={typed}
          placeholder={field.example}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={settle}
          onKeyDown={(event) => event.key === 'Enter' && settle()}
        />
      )}
    </label>
  );
}
