import type { ModelParameter } from '../../network/parameter-types.js';

/** A number before and after a vote; `before` is null where nothing was in force. */
export interface ParameterLine {
  name: string;
  meaning: string;
  before: number | null;
  after: number;
}

/**
 * The numbers that a vote would change, in the order of the file; without an earlier version all of them.
 *
 * @example changedLines([{ name: 'a', value: 1, meaning: '' }], [{ name: 'a', value: 2, meaning: '' }])[0].before // 1
 */
export function changedLines(
  before: readonly ModelParameter[] | null,
  after: readonly ModelParameter[],
): ParameterLine[] {
  const earlier = new Map(before?.map(({ name, value }) => [name, value]));
  return after
    .filter(({ name, value }) => earlier.get(name) !== value)
    .map(({ name, value, meaning }) => ({ name, meaning, before: earlier.get(name) ?? null, after: value }));
}

/** A number as it stands in the file: no rounding, since this is what is voted on. */
export function exactly(value: number | null): string {
  return value === null ? '–' : String(value).replace('-', '−');
}
