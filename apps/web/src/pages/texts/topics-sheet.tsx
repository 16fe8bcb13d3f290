import { ShareChart } from '../../chart/share-chart.js';
import type { ChangeSearch } from '../../components/filters.js';
import { Selection } from '../../components/selection.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { useNow } from '../../components/use-now.js';
import { identifierPath, itemPath, stateWord } from '../../format/names.js';
import { count, percent } from '../../format/numbers.js';
import { periodName } from '../../format/times.js';
import { TOPICS } from '../../network/queries/texts.js';
import { useRead } from '../../network/reads.js';
import type { TopicRow, TopicTrendRow } from '../../network/text-types.js';
import { Link } from '../../router/router.js';
import { significance, topicWindow, WINDOWS } from './topic-window.js';

const SHOWN_TOPICS = 12;

interface TopicsAnswer {
  topics: TopicRow[];
  trends: TopicTrendRow[];
}

/** What texts speak of, how that develops, and what is spoken of significantly more. */
export function TopicsSheet({ search, change }: { search: URLSearchParams; change: ChangeSearch }) {
  const now = useNow();
  const { frequency, window } = topicWindow(search, now);
  const read = useRead<TopicsAnswer>('texts', TOPICS, { window });
  return (
    <Sheet title="Topics" aside={<WindowChoice search={search} change={change} />} flush>
      <Answer of={read} rows={8}>
        {({ topics, trends }) =>
          topics.length === 0 ? (
            <Empty title="No topics in these years">
              They are found from twenty texts on, some seconds after texts come in.
            </Empty>
          ) : (
            <Found
              topics={topics}
              trends={trends}
              frequency={frequency}
              chosen={search.get('topic')}
              change={change}
            />
          )
        }
      </Answer>
    </Sheet>
  );
}

function WindowChoice({ search, change }: { search: URLSearchParams; change: ChangeSearch }) {
  return (
    <Selection
      name="Over"
      value={search.get('window') ?? WINDOWS[0]!.key}
      among={WINDOWS.map(({ key, name }) => [key, name])}
      choose={(chosen) => change({ window: chosen })}
    />
  );
}

function Found(props: TopicsAnswer & { frequency: string; chosen: string | null; change: ChangeSearch }) {
  const { topics, trends, frequency, chosen, change } = props;
  const wanted = chosen === null ? trends[0]?.topic : Number(chosen);
  const topic = topics.find(({ number }) => number === wanted) ?? topics[0]!;
  const together = trends.filter(({ topics: all }) => all.includes(topic.number)).map(({ burst }) => burst);
  return (
    <>
      <Trends trends={trends} frequency={frequency} change={change} />
      <div className="sheet-pad">
        <h3 className="topic-name">{topic.name}</h3>
        <p className="quiet">{topic.terms.join(', ')}</p>
        <ShareChart
          label={topic.name}
          frequency={frequency}
          points={topic.periods}
          bursts={[...topic.bursts, ...together]}
          changes={topic.changes}
        />
        <About topic={topic} />
      </div>
      <TopicLedger topics={topics} shown={topic.number} change={change} />
    </>
  );
}

function Trends(props: { trends: TopicTrendRow[]; frequency: string; change: ChangeSearch }) {
  const { trends, frequency, change } = props;
  if (trends.length === 0) return <Empty title="Nothing is spoken of significantly more than usual" />;
  return (
    <Ledger label="Trends" head={columns('Spoken of more', 'When', '#Texts', '~#Usual share', 'Chance')}>
      {trends.map(({ topic, topics, name, burst }) => (
        <tr key={`${topics.join()} ${burst.from}`}>
          <th scope="row" className="grow">
            <button type="button" className="link-button" onClick={() => change({ topic: String(topic) })}>
              {name}
            </button>
            {topics.length > 1 ? <span className="under">{topics.length} like topics together</span> : null}
          </th>
          <td>
            {periodName(burst.from, frequency)} – {periodName(burst.to, frequency)}
            {burst.emerging ? <span className="under">new</span> : null}
          </td>
          <td className="number">
            {count(burst.count)} of {count(burst.total)}
          </td>
          <td className="number wide">{percent(burst.baseShare)}</td>
          <td>{significance(burst.qValue)}</td>
        </tr>
      ))}
    </Ledger>
  );
}

function About({ topic }: { topic: TopicRow }) {
  if (topic.about.length === 0) return null;
  return (
    <p>
      Most about:{' '}
      {topic.about.map(({ role, uri, count: texts }, index) => (
        <span key={uri}>
          {index > 0 ? '; ' : ''}
          {stateWord(role).toLowerCase()}{' '}
          {uri.startsWith('http') ? (
            <Link className="mono" to={itemPath(uri)} title={uri}>
              {identifierPath(uri)}
            </Link>
          ) : (
            <span className="mono">{uri}</span>
          )}{' '}
          ({texts})
        </span>
      ))}
    </p>
  );
}

function TopicLedger(props: { topics: TopicRow[]; shown: number; change: ChangeSearch }) {
  const { topics, shown, change } = props;
  return (
    <Ledger label="All topics" head={columns('Topic', '#Texts', '#Share', '~#Bursts')}>
      {topics.slice(0, SHOWN_TOPICS).map((topic) => (
        <tr key={topic.number} aria-current={topic.number === shown ? 'true' : undefined}>
          <th scope="row" className="grow">
            <button
              type="button"
              className="link-button"
              aria-pressed={topic.number === shown}
              onClick={() => change({ topic: String(topic.number) })}
            >
              {topic.name}
            </button>
          </th>
          <td className="number">{count(topic.count)}</td>
          <td className="number">{percent(topic.share)}</td>
          <td className="number wide">{topic.bursts.length}</td>
        </tr>
      ))}
    </Ledger>
  );
}
