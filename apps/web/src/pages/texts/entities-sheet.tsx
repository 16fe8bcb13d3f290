import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { Hash } from '../../components/marks.js';
import { identifierPath, itemPath, stateWord } from '../../format/names.js';
import { percent } from '../../format/numbers.js';
import type { TextEntityRow, TextLinkRow } from '../../network/text-types.js';
import { Link } from '../../router/router.js';

/** Days and amounts are nothing that the index could know. */
const UNINDEXED: ReadonlySet<string> = new Set(['BEST_BEFORE', 'MADE', 'RECEIVED', 'DATE', 'QUANTITY']);

/** What a text names, what of it the index knows, and how sure that is. */
export function EntitiesSheet({ entities, links }: { entities: TextEntityRow[]; links: TextLinkRow[] }) {
  const given = links.filter(({ origin }) => origin === 'GIVEN');
  return (
    <Sheet title="What it names" aside={`${entities.length}`} flush>
      {entities.length === 0 ? (
        <Empty title="No lot, date, product, firm or place was found in it" />
      ) : (
        <Ledger
          label="Entities"
          head={columns('Words', 'What', '~Written one way', 'In the index', '~#Sure')}
        >
          {entities.map((entity, index) => (
            <tr key={`${entity.field} ${entity.start} ${index}`}>
              <th scope="row" className="grow">
                {entity.surface}
              </th>
              <td>{stateWord(entity.type)}</td>
              <td className="mono grow wide">{entity.value}</td>
              <td className="grow">
                {entity.uri ? (
                  <>
                    <Known uri={entity.uri} />{' '}
                    <span className="quiet">{percent(entity.uriConfidence ?? 0)}</span>
                  </>
                ) : (
                  <span className="quiet">{UNINDEXED.has(entity.type) ? '–' : 'not found'}</span>
                )}
              </td>
              <td className="number wide">{percent(entity.confidence)}</td>
            </tr>
          ))}
        </Ledger>
      )}
      {given.length > 0 ? (
        <p className="more">
          Its sender says that it is about:{' '}
          {given.map(({ role, uri }, index) => (
            <span key={`${role} ${uri}`}>
              {index > 0 ? '; ' : ''}
              {stateWord(role).toLowerCase()} <Known uri={uri} />
            </span>
          ))}
        </p>
      ) : null}
    </Sheet>
  );
}

function Known({ uri }: { uri: string }) {
  if (uri.startsWith('0x')) return <Hash label="partner" value={uri} />;
  return (
    <Link className="mono" to={itemPath(uri)} title={uri}>
      {identifierPath(uri)}
    </Link>
  );
}
