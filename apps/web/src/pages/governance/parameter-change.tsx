import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { MODEL_SIDES } from '../../network/queries/governance.js';
import type { ChangedParameters } from '../../network/parameter-types.js';
import { useRead } from '../../network/reads.js';
import { changedLines, exactly } from './parameter-lines.js';

/** The numbers that a vote on parameters changes; nothing for a family of models. */
export function ParameterChange({ proposalId }: { proposalId: string }) {
  const read = useRead<ChangedParameters>('models', MODEL_SIDES, { id: proposalId });
  const change = read.data?.proposal?.modelChange;
  const after = change?.toVersion?.parameters;
  if (!after) return null;
  const before = change.fromVersion?.parameters ?? null;
  const lines = changedLines(before, after);
  return (
    <Sheet title="What changes" aside={asideWords(lines.length, after.length)} flush={lines.length > 0}>
      {lines.length === 0 ? (
        <p className="quiet">No number changes.</p>
      ) : (
        <Ledger label="Parameters that change" head={columns('Parameter', '#Until then', '#New')}>
          {lines.map((line) => (
            <tr key={line.name}>
              <th scope="row" className="grow">
                {line.meaning}
                <span className="under mono">{line.name}</span>
              </th>
              <td className="number">{exactly(line.before)}</td>
              <td className="number">{exactly(line.after)}</td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

function asideWords(changed: number, all: number): string {
  return `${changed} of ${all} numbers; the others stay`;
}
