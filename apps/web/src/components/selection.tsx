interface SelectionProps {
  name: string;
  value: string;
  /** Each its value and how it is said; what else stands there is the page's own. */
  among: readonly (readonly [value: string, said: string, ...unknown[]])[];
  choose: (value: string) => void;
}

/** One of a few, beside a heading: the order of a list, or what of it is shown. */
export function Selection({ name, value, among, choose }: SelectionProps) {
  return (
    <label className="field-inline">
      {name}
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {among.map(([key, said]) => (
          <option key={key} value={key}>
            {said}
          </option>
        ))}
      </select>
    </label>
  );
}
