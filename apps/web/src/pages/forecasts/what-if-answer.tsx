import { Ledger, columns } from '../../components/sheet.js';
import { Empty, Notice } from '../../components/states.js';
import { quantity } from '../../format/numbers.js';
import { periodName } from '../../format/times.js';
import type { WhatIf } from '../../network/types.js';
import { sourceWords, sumWords } from './what-if-words.js';

/** What a version answered; null where the series has no forecast. */
export function WhatIfAnswer(props: { changes: string; frequency: string; answer: WhatIf | null }) {
  const { changes, frequency, answer } = props;
  if (!answer)
    return (
      <Empty title="No forecast of this series yet">
        No period of it is whole, or its data ended too long ago.
      </Empty>
    );
  const deaf = answer.covariates.filter(({ isHeard, name }) => !isHeard && changes.includes(name));
  return (
    <>
      <p>
        <strong>{sumWords(changes, answer.points)}</strong>
      </p>
      {answer.state === 'PROPOSED' ? (
        <Notice tone="plain">
          A candidate says so. It is not in force and never was: the forecast above is not from it.
        </Notice>
      ) : null}
      {deaf.length > 0 ? (
        <Notice tone="plain">
          The model does not listen to {deaf.map(({ name }) => name).join(', ')}: it did not help on values
          that training had not seen, so changing it changes nothing.
        </Notice>
      ) : null}
      <Ledger
        label="As planned and as changed"
        head={columns('Period', '#As planned', '#Changed', '~#Difference', '~#As stored')}
      >
        {answer.points.map(({ step, targetStart, planned, changed, stored }) => (
          <tr key={step}>
            <th scope="row">
              {periodName(targetStart, frequency)}
              <span className="under narrow">stored {stored ? quantity(stored.mean) : '–'}</span>
            </th>
            <td className="number">{quantity(planned.mean)}</td>
            <td className="number">{quantity(changed.mean)}</td>
            <td className="number wide">{quantity(changed.mean - planned.mean)}</td>
            <td className="number wide">{stored ? quantity(stored.mean) : '–'}</td>
          </tr>
        ))}
      </Ledger>
      <p className="quiet">{sourceWords(answer)}</p>
    </>
  );
}
