import { State, Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { count, percent } from '../../format/numbers.js';
import { VERSION_SHADOW } from '../../network/queries/shadow.js';
import { useRead } from '../../network/reads.js';
import type { Shadow, ShadowDifference } from '../../network/shadow-types.js';
import type { Hex } from '../../network/types.js';
import { intervalWords, measureName, progressWords, shadowSentence, standingWords } from './shadow-words.js';

const EVERY_MS = 15_000;

/** What a version said on live series before it was in force, beside what was: the chain's word, not the proposer's. */
export function ShadowSheet({ versionId }: { versionId: Hex }) {
  const read = useRead<{ modelVersion: { shadow: Shadow | null } | null }>(
    'models',
    VERSION_SHADOW,
    { id: versionId },
    { everyMs: EVERY_MS },
  );
  const shadow = read.data?.modelVersion?.shadow ?? null;
  return (
    <Sheet
      title="In shadow"
      aside={
        shadow?.since ? (
          <>
            Ran in shadow since <Time iso={shadow.since} only="date" />
          </>
        ) : null
      }
      flush={(shadow?.pairedDifference.length ?? 0) > 0}
    >
      <Answer of={read} rows={4}>
        {() => (shadow ? <Record shadow={shadow} /> : <Never />)}
      </Answer>
    </Sheet>
  );
}

function Never() {
  return (
    <Empty title="It has not run in shadow">
      Only versions that forecast do, from the moment they are put on chain until they are voted in.
    </Empty>
  );
}

function Record({ shadow }: { shadow: Shadow }) {
  if (shadow.scored === 0) {
    return (
      <>
        <Standing shadow={shadow} />
        <Empty title="No forecast of it has been scored yet">
          In shadow a version forecasts what the running one forecasts, from the same data. Each run is fixed
          on chain before the first period begins and scored when the period is over.
        </Empty>
      </>
    );
  }
  return (
    <>
      <div className="sheet-pad">
        <Standing shadow={shadow} />
        <p>{shadowSentence(shadow)}</p>
      </div>
      {shadow.running ? <Differences shadow={shadow} running={shadow.running} /> : null}
    </>
  );
}

function Standing({ shadow: { state, reason, progress } }: { shadow: Shadow }) {
  if (state === null) return null;
  const words = progress ? progressWords(progress) : undefined;
  return (
    <>
      <p className="line">
        <State value={state} tone={{ RUNS: 'live', WAITS: 'plain', REFUSED: 'bad', ENDED: 'plain' }[state]} />
        <span>{standingWords(state, reason)}</span>
      </p>
      {words === undefined ? null : <p>{words}</p>}
    </>
  );
}

const TONES = { BETTER: 'good', WORSE: 'bad', UNDECIDED: 'plain' } as const;

function Differences({ shadow, running }: { shadow: Shadow; running: NonNullable<Shadow['running']> }) {
  return (
    <Ledger
      label="In shadow, beside what ran"
      head={columns('Measure', '#What ran', '#This version', '~#Difference', '~#Series', 'It is')}
    >
      {shadow.pairedDifference.map((one) => (
        <DifferenceRow key={one.measure} one={one} />
      ))}
      <tr>
        <th scope="row">Inside 80%</th>
        <td className="number">{percent(running.coverage80)}</td>
        <td className="number">{shadow.coverage80 === null ? '–' : percent(shadow.coverage80)}</td>
        <td className="number wide" />
        <td className="number wide" />
        <td />
      </tr>
    </Ledger>
  );
}

function DifferenceRow({ one }: { one: ShadowDifference }) {
  return (
    <tr>
      <th scope="row">{measureName(one.measure)}</th>
      <td className="number">{one.running.toFixed(3)}</td>
      <td className="number">{one.candidate.toFixed(3)}</td>
      <td className="number wide">{intervalWords(one)}</td>
      <td className="number wide">{count(one.series)}</td>
      <td>
        <State value={one.verdict} tone={TONES[one.verdict]} />
      </td>
    </tr>
  );
}
