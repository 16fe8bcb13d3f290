import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Time } from '../../components/marks.js';
import { shortHex } from '../../format/names.js';
import { percent } from '../../format/numbers.js';
import { dateOnly } from '../../format/times.js';
import type { StockOut } from '../../network/types.js';

interface StockOutSheetProps {
  stockOuts: readonly StockOut[];
  /** That the series is of; null for all. */
  site: string | null;
}

/** What was said of empty shelves, by whom and when; nothing where nobody said anything. */
export function StockOutSheet({ stockOuts, site }: StockOutSheetProps) {
  if (stockOuts.length === 0) return null;
  return (
    <Sheet title="When stock ran out">
      <p>
        What was sold from an empty shelf is the least that was wanted. Forecasts made after it was said do
        not learn from periods in which that was a tenth of the days or more, and sums count what fills the
        gap.
      </p>
      <Ledger
        label="Stock-outs that were stated"
        head={columns('#Number', 'From', 'To', 'Where', 'Shelf', 'Said by', 'Said')}
      >
        {stockOuts.map((one) => (
          <tr key={one.number}>
            <th scope="row" className="number">
              {one.number}
            </th>
            <td>{dateOnly(one.firstDay, 'UTC')}</td>
            <td>{dateOnly(one.lastDay, 'UTC')}</td>
            <td>{one.site !== null && one.site === site ? 'this site' : (one.site ?? 'all sites')}</td>
            <td>{shelf(one.share)}</td>
            <td>{speaker(one.saidBy)}</td>
            <td>
              <Time iso={one.saidAt} />
            </td>
          </tr>
        ))}
      </Ledger>
    </Sheet>
  );
}

function shelf(share: number): string {
  if (share === 0) return 'not empty: takes back what was said';
  return share === 1 ? 'empty' : `empty on ${percent(share)} of the days`;
}

const speaker = (saidBy: string): string => (saidBy.startsWith('0x') ? shortHex(saidBy) : saidBy);
