import { Time } from '../../components/marks.js';
import { Ledger, columns } from '../../components/sheet.js';
import { stateWord } from '../../format/names.js';
import type { FoundTextRow, TextHead } from '../../network/text-types.js';
import { Link } from '../../router/router.js';
import { LabelMarks } from './label-marks.js';
import { MarkedText } from './marked-text.js';

const SHOWN_CHARACTERS = 220;

export const textPath = (id: string): string => `/texts/${encodeURIComponent(id)}`;

/** A text without a title is called by its first words. */
export function textTitle({ title, body }: Pick<TextHead, 'title' | 'body'>): string {
  const words = title || body;
  return words.length <= 90 ? words : `${words.slice(0, 90).replace(/\s+\S*$/, '')} …`;
}

/** Texts with the stretch that was looked for. */
export function TextLedger({ rows }: { rows: FoundTextRow[] }) {
  return (
    <Ledger label="Texts" head={columns('Text', '~Kind', 'Labels', '~Written', '~Found by')}>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row" className="grow text-cell">
            <Link to={textPath(row.id)}>{textTitle(row)}</Link>
            <Excerpt row={row} />
            <span className="under narrow">
              {stateWord(row.kind)}, <Time iso={row.writtenAt} only="date" />
            </span>
          </th>
          <td className="wide">{stateWord(row.kind)}</td>
          <td>
            <LabelMarks labels={row.labels[0]} />
          </td>
          <td className="wide">
            <Time iso={row.writtenAt} only="date" />
          </td>
          <td className="wide">{foundBy(row)}</td>
        </tr>
      ))}
    </Ledger>
  );
}

function Excerpt({ row }: { row: FoundTextRow }) {
  if (row.match)
    return (
      <span className="under excerpt">
        {row.match.excerpt.map(({ text, hit }, index) =>
          hit ? <mark key={index}>{text}</mark> : <MarkedText key={index} text={text} entities={[]} />,
        )}
      </span>
    );
  if (row.title === '') return null;
  const cut = row.body.length > SHOWN_CHARACTERS;
  return (
    <span className="under excerpt">
      <MarkedText text={row.body.slice(0, SHOWN_CHARACTERS)} entities={[]} />
      {cut ? ' …' : ''}
    </span>
  );
}

function foundBy({ match }: FoundTextRow): string {
  if (!match) return '–';
  const ways = [
    match.lexicalRank === null ? null : `words ${match.lexicalRank}`,
    match.semanticRank === null ? null : `meaning ${match.semanticRank}`,
  ];
  return ways.filter((way) => way !== null).join(', ');
}
