import { Ledger, columns } from '../../components/sheet.js';

/** Who told lateness, and how well: AUC (null where nothing or all was late), Brier score, calibration error. */
export type RateRow = readonly [by: string, auc: number | null, brier: number, calibrationError: number];

/** How well probabilities of being late were told, by whom. */
export function RateLedger({ rows }: { rows: readonly RateRow[] }) {
  return (
    <Ledger label="How well lateness is told" head={columns('Told by', '#AUC', '#Brier', '#Calibration')}>
      {rows.map(([by, ...figures]) => (
        <tr key={by}>
          <th scope="row">{by}</th>
          {figures.map((value, at) => (
            <td key={at} className="number">
              {value === null ? '–' : value.toFixed(4)}
            </td>
          ))}
        </tr>
      ))}
    </Ledger>
  );
}
