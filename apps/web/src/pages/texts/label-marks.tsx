import { percent } from '../../format/numbers.js';
import type { TextLabels } from '../../network/text-types.js';

/** Labels that a voted version gave, with how sure it is; where it gives none, that it does not. */
export function LabelMarks({ labels: given }: { labels: TextLabels | undefined }) {
  if (!given) return <span className="quiet">not yet read</span>;
  if (given.answer === 'OUT_OF_DOMAIN') return <span className="quiet">unlike what it learned from</span>;
  if (given.answer === 'UNSURE') return <span className="quiet">unsure</span>;
  return (
    <>
      {given.labels.map((label) => {
        const found = given.probabilities.find((each) => each.label === label);
        return (
          <span key={label} className="label-mark">
            {label} {found ? <span className="quiet">{percent(found.probability)}</span> : null}
          </span>
        );
      })}
    </>
  );
}
