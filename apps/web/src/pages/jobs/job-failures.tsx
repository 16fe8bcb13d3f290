import { Time } from '../../components/marks.js';
import { Ledger, More, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { count } from '../../format/numbers.js';
import type { JobFailure } from '../../network/job-types.js';
import { JOB_FAILURES } from '../../network/queries/jobs.js';
import { usePages } from '../../network/reads.js';
import type { Connection } from '../../network/types.js';
import { whatItDoes } from './job-words.js';

const EVERY_MS = 10_000;

/** For operators: what stages failed with, newest first. */
export function JobFailures() {
  const failures = usePages<JobFailure, { jobFailures: Connection<JobFailure> }>(
    'jobs',
    JOB_FAILURES,
    {},
    ({ jobFailures }) => jobFailures,
    { everyMs: EVERY_MS },
  );
  return (
    <Sheet title="Failures" flush>
      <Answer of={failures} rows={3}>
        {() => <Rows rows={failures.rows ?? []} />}
      </Answer>
      <More of={failures} />
    </Sheet>
  );
}

function Rows({ rows }: { rows: readonly JobFailure[] }) {
  if (rows.length === 0) return <Empty title="No stage has failed in the last 30 days" />;
  return (
    <Ledger label="Failures" head={columns('Stage and error', '#Times', '~Last', 'Now')}>
      {rows.map((failure) => (
        <tr key={failure.id}>
          <th scope="row" className="grow">
            {whatItDoes(failure.name)}
            <span className="under mono">{failure.error}</span>
          </th>
          <td className="number">{count(failure.times)}</td>
          <td className="wide">
            <Time iso={failure.lastFailedAt} />
          </td>
          <td>{standingOf(failure)}</td>
        </tr>
      ))}
    </Ledger>
  );
}

function standingOf({ resolvedAt, givenUp }: JobFailure): string {
  if (resolvedAt) return 'succeeded since';
  return givenUp ? 'given up, runs again at the next look' : 'tried again';
}
