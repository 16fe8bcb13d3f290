import { readTable } from '../network/read-table.js';
import type { TableFormat, TableName } from '../network/read-table.js';
import { save } from './download.js';
import { useAct } from './use-act.js';

const WORDS: Readonly<Record<TableFormat, string>> = { csv: 'CSV', parquet: 'Parquet' };

interface TableButtonsProps {
  table: TableName;
  asked: Readonly<Record<string, string>>;
  formats?: readonly TableFormat[];
}

/** Files of a table, for who goes on with the figures elsewhere. */
export function TableButtons({ table, asked, formats = ['csv', 'parquet'] }: TableButtonsProps) {
  const act = useAct();
  const take = (format: TableFormat) =>
    void act.run(async () => save(`${table}.${format}`, await readTable(table, format, asked)), {
      changes: false,
    });
  return (
    <span className="line">
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          className="button"
          disabled={act.isBusy}
          onClick={() => take(format)}
        >
          {WORDS[format]}
        </button>
      ))}
      <span role="status" className="fault">
        {act.fault}
      </span>
    </span>
  );
}
