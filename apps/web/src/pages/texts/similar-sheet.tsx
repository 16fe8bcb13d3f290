import { Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { stateWord } from '../../format/names.js';
import { percent } from '../../format/numbers.js';
import type { TextDetail } from '../../network/text-types.js';
import { Link } from '../../router/router.js';
import { textPath, textTitle } from './text-ledger.js';

/** Texts of the nearest meaning. */
export function SimilarSheet({ similar }: { similar: TextDetail['similar'] }) {
  return (
    <Sheet title="Similar texts" flush>
      {similar.length === 0 ? (
        <Empty title="None is known yet">Its meaning is worked out shortly after it came in.</Empty>
      ) : (
        <Ledger label="Similar texts" head={columns('Text', '~Kind', '~Written', '#Alike')}>
          {similar.map(({ similarity, text }) => (
            <tr key={text.id}>
              <th scope="row" className="grow">
                <Link to={textPath(text.id)}>{textTitle(text)}</Link>
              </th>
              <td className="wide">{stateWord(text.kind)}</td>
              <td className="wide">
                <Time iso={text.writtenAt} only="date" />
              </td>
              <td className="number">{percent(similarity)}</td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}
