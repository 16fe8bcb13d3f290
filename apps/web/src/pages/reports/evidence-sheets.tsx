import { Hash, State, Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { identifierPath, vocabularyWord } from '../../format/names.js';
import type { ItemReport } from '../../network/report-types.js';
import { Link } from '../../router/router.js';

export function CustodySheet({ custody }: { custody: ItemReport['custody'] }) {
  return (
    <Sheet title="Custody on chain" flush>
      {custody.transfers.length === 0 ? (
        <Empty title="Never handed over on chain" />
      ) : (
        <Ledger label="Hand-overs" head={columns('Offered', 'From', 'To', 'State')}>
          {custody.transfers.map((one) => (
            <tr key={one.offeredTx + one.sender}>
              <td>
                <Time iso={one.offeredTime} />
              </td>
              <td>
                <Hash label="sender" value={one.sender} />
              </td>
              <td>
                <Hash label="recipient" value={one.recipient} />
              </td>
              <td>
                <State value={one.state} />
                {one.reason ? <span className="under">{one.reason}</span> : null}
              </td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

/** Of a lot only; a single item has no books. */
export function BalanceSheet({ balances }: { balances: ItemReport['balances'] }) {
  if (balances.length === 0) return null;
  return (
    <Sheet title="Mass balance" aside="opening + in + gap = out + stock" flush>
      <Ledger
        label="Mass balance"
        head={columns('Place', 'Unit', '#Opening', '#In', '#Out', '#Stock', '#Gap')}
      >
        {balances.flatMap(({ site, balances: accounts }) =>
          accounts.map((book) => (
            <tr key={`${site} ${book.unit}`}>
              <td className="mono grow">{identifierPath(site)}</td>
              <td>{book.unit}</td>
              {[book.opening, book.in, book.out, book.stock, book.gap].map((amount, index) => (
                <td key={index} className="number">
                  {Math.round(amount * 1_000) / 1_000}
                </td>
              ))}
            </tr>
          )),
        )}
      </Ledger>
      <p className="more">What is inside a container counts with it, by what it held then.</p>
    </Sheet>
  );
}

export function TemperatureSheet({ temperatures: cold }: { temperatures: ItemReport['temperatures'] }) {
  if (!cold) return null;
  const { readings, min, max, limits, outside } = cold;
  return (
    <Sheet title="Temperatures" aside={`${readings} readings, ${min} to ${max} °C`} flush>
      {outside.length === 0 ? (
        <Empty title={`Nothing outside ${limits.min} to ${limits.max} °C`} />
      ) : (
        <Ledger
          label={`Outside ${limits.min} to ${limits.max} °C`}
          head={columns('From', '~To', '#Least °C', '#Most °C')}
        >
          {outside.map((one) => (
            <tr key={`${one.eventId} ${one.from}`}>
              <td>
                <Link to={`/events/${encodeURIComponent(one.eventId)}`}>
                  <Time iso={one.from} />
                </Link>
              </td>
              <td className="wide">
                <Time iso={one.to} />
              </td>
              <td className="number">{one.min}</td>
              <td className="number">{one.max}</td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

export function CorrectionsSheet({ corrections }: { corrections: ItemReport['corrections'] }) {
  return (
    <Sheet title="Corrections" flush>
      {corrections.length === 0 ? (
        <Empty title="No event of it was declared wrong" />
      ) : (
        <Ledger label="Corrections" head={columns('Wrong event', 'Step', 'Declared', '~Where', '~Reason')}>
          {corrections.map((one) => (
            <tr key={`${one.eventId} ${one.declaredAt}`}>
              <td>
                <Link to={`/events/${encodeURIComponent(one.eventId)}`}>
                  <Time iso={one.time} />
                </Link>
              </td>
              <td>{vocabularyWord(one.bizStep ?? 'event')}</td>
              <td>
                <Time iso={one.declaredAt} />
              </td>
              <td className="wide">{one.by === 'CHAIN' ? 'on chain' : 'in EPCIS'}</td>
              <td className="wide">{one.reason ? vocabularyWord(one.reason) : ''}</td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}
