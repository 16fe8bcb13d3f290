import { Sheet } from '../../components/sheet.js';
import { count, percent } from '../../format/numbers.js';
import type { LatenessFigures } from './lateness-figures.js';
import { RateLedger } from './rate-ledger.js';

interface SheetProps {
  figures: LatenessFigures;
  /** Where the figures were read. */
  from: string;
  /** Artifact that the version would replace; where its report compares with another, that is said. */
  replaces?: string | null;
}

/** How well a version's method told lateness on the last year that it had not seen. */
export function LatenessSheet({ figures, from, replaces }: SheetProps) {
  const { rows, tested, testedFrom, learnedFrom, lateShare, coverage80, incumbentArtifact } = figures;
  const stale = incumbentArtifact !== null && replaces != null && incumbentArtifact !== replaces;
  return (
    <Sheet title="How well lateness is told" aside={from} flush>
      <p className="sheet-pad">
        {count(tested)} deliveries from {testedFrom} on, learned from {count(learnedFrom)} before;{' '}
        {percent(lateShare)} came late. {percent(coverage80)} of arrivals were inside the 80% interval. Of
        Brier score and calibration error less is better.
        {incumbentArtifact === null
          ? ''
          : ' The version in force may have seen what it was measured on, which favours it.'}
        {stale ? ' It is not the version that this one would replace.' : ''}
      </p>
      <RateLedger rows={rows} />
    </Sheet>
  );
}
