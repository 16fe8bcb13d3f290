import { useId } from 'react';
import { duration } from '../../format/times.js';
import { useSearch } from '../../router/router.js';
import { valueWords } from './draft.js';
import { PARAMETERS, parameterOf, parseValue } from './parameters.js';
import type { Parameter } from './parameters.js';
import { useToday } from './use-change.js';

export function ParameterFields() {
  const [search, changeSearch] = useSearch();
  const parameter = parameterOf(search.get('parameter'));
  return (
    <>
      <label className="field">
        Rule
        <select
          value={parameter?.key ?? ''}
          onChange={(event) => changeSearch({ parameter: event.target.value, value: null })}
        >
          <option value="">Choose one</option>
          {PARAMETERS.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {parameter ? <Value parameter={parameter} /> : null}
    </>
  );
}

function Value({ parameter }: { parameter: Parameter }) {
  const [search, changeSearch] = useSearch();
  const id = useId();
  const text = search.get('value') ?? '';
  const today = useToday(parameter);
  const value = parseValue(parameter, text);
  return (
    <>
      <p>
        {today.error
          ? 'The chain does not say what it is today.'
          : `Today: ${today.data === undefined ? 'reading…' : inWords(parameter, today.data)}`}
      </p>
      <label className="field">
        <span>Proposed, in {parameter.unit}</span>
        <input
          inputMode="numeric"
          value={text}
          aria-invalid={text !== '' && typeof value === 'string'}
          aria-describedby={id}
          onChange={(event) => changeSearch({ value: event.target.value })}
        />
      </label>
      <p id={id} className="quiet" aria-live="polite">
        {text === '' ? '' : typeof value === 'string' ? value : remark(parameter, value, today.data)}
      </p>
    </>
  );
}

function remark(parameter: Parameter, value: bigint, today: bigint | undefined): string {
  return value === today ? 'That is what it is today.' : inWords(parameter, value);
}

function inWords(parameter: Parameter, value: bigint): string {
  const words = valueWords(parameter, value);
  return parameter.unit === 'seconds' && value >= 60n
    ? `${words}, which is ${duration(Number(value))}`
    : words;
}
