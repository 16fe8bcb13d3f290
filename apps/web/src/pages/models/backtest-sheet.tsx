import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { count, percent, quantity } from '../../format/numbers.js';
import { dateOnly } from '../../format/times.js';
import type { BacktestModel, BacktestTable } from '../../network/backtest-types.js';
import { figureOf, groupsOf } from './backtest-groups.js';

/** The figures of a report, model by model: all series first, then each group. */
export function BacktestSheet({ table }: { table: BacktestTable }) {
  const groups = groupsOf(table);
  return (
    <>
      {groups.map(({ group, forecasts, models }) => (
        <Sheet
          key={group}
          title={group === 'overall' ? 'Backtest' : `Backtest, ${group} demand`}
          aside={asideWords(table, group, forecasts)}
          flush
        >
          <Ledger
            label={`Backtest, ${group}`}
            head={columns('Model', '#MASE', '~#sMAPE', '~#CRPS', '#Inside 80 %', '~#Bias')}
          >
            {models.map((model) => (
              <Row key={model.name} model={model} group={group} />
            ))}
          </Ledger>
        </Sheet>
      ))}
    </>
  );
}

function Row({ model, group }: { model: BacktestModel; group: string }) {
  const of = (measure: string): number | null => figureOf(model, group, measure);
  const inside = of('coverage@0.8');
  const smape = of('smape');
  const relative = smape === null ? '–' : `${quantity(smape)} %`;
  return (
    <tr>
      <th scope="row" className="grow">
        {model.name}
        <span className="under narrow">{`sMAPE ${relative}, CRPS ${figure(of('crps'))}, bias ${figure(of('bias'))}`}</span>
      </th>
      <td className="number">{of('mase')?.toFixed(3) ?? '–'}</td>
      <td className="number wide">{relative}</td>
      <td className="number wide">{figure(of('crps'))}</td>
      <td className="number">{inside === null ? '–' : percent(inside)}</td>
      <td className="number wide">{figure(of('bias'))}</td>
    </tr>
  );
}

const figure = (value: number | null): string => (value === null ? '–' : quantity(value));

function asideWords({ folds, horizon }: BacktestTable, group: string, forecasts: number | null): string {
  const said = forecasts === null ? '' : `${count(forecasts)} forecasts`;
  if (group !== 'overall') return said;
  const [first, last] = [folds[0], folds.at(-1)];
  const origins =
    first && last
      ? `${folds.length} origins, ${dateOnly(first.origin, 'UTC')} to ${dateOnly(last.origin, 'UTC')}`
      : undefined;
  const ahead = horizon === null ? undefined : `${horizon} periods ahead`;
  return [origins, ahead, said].filter(Boolean).join(' · ');
}
