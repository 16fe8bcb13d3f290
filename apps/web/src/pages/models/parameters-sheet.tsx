import { Ledger, Sheet, columns } from '../../components/sheet.js';
import type { ModelParameter } from '../../network/parameter-types.js';
import { exactly } from '../governance/parameter-lines.js';

/** The numbers of a version that is voted on as parameters. */
export function ParametersSheet({ parameters }: { parameters: readonly ModelParameter[] }) {
  return (
    <Sheet title="Parameters" aside="from the file with the hash on chain" flush>
      <Ledger label="Parameters" head={columns('Parameter', '#Value')}>
        {parameters.map(({ name, value, meaning }) => (
          <tr key={name}>
            <th scope="row" className="grow">
              {meaning}
              <span className="under mono">{name}</span>
            </th>
            <td className="number">{exactly(value)}</td>
          </tr>
        ))}
      </Ledger>
    </Sheet>
  );
}
