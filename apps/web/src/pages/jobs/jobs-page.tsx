import { useState } from 'react';
import { Ago, State } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Failed, Notice } from '../../components/states.js';
import { count } from '../../format/numbers.js';

import type { Job, JobsAnswer } from '../../network/job-types.js';
import { JOBS, RETRY_JOB } from '../../network/queries/jobs.js';
import { useRead } from '../../network/reads.js';
import { useTitle } from '../../router/router.js';
import { DeadDeliveries } from './dead-deliveries.js';
import { JobFailures } from './job-failures.js';
import { whatItDoes } from './job-words.js';
import { useRetry } from './use-retry.js';

const EVERY_MS = 4_000;
const WORDS = {
  NEVER_RAN: 'never ran',
  WAITING: 'in order',
  RUNNING: 'running',
  FAILING: 'failing',
} as const;
const TONES = { NEVER_RAN: 'plain', WAITING: 'good', RUNNING: 'live', FAILING: 'bad' } as const;

export function JobsPage() {
  useTitle('Jobs');
  const jobs = useRead<JobsAnswer>('jobs', JOBS, {}, { everyMs: EVERY_MS });
  return (
    <>
      <PageHead
        title="Jobs"
        lead="What the workers do in the background: when each job last succeeded, and what keeps failing."
      />
      <Sheet title="Stages" flush>
        <Answer of={jobs} rows={15}>
          {({ jobs: rows, mayRetryJobs }) => (
            <>
              <Standing jobs={rows} />
              <Stages jobs={rows} mayRetry={mayRetryJobs} />
            </>
          )}
        </Answer>
      </Sheet>
      <Sheet title="Messages to webhooks">
        <Answer of={jobs} rows={2}>
          {({ deliveryCounts: { waiting, dead }, mayRetryJobs }) => (
            <>
              <p>
                {count(waiting)} waiting, {count(dead)} given up.
              </p>
              {mayRetryJobs && dead > 0 ? <DeadDeliveries /> : null}
            </>
          )}
        </Answer>
      </Sheet>
      {jobs.data?.mayRetryJobs ? <JobFailures /> : jobs.data ? <ForOperators /> : null}
    </>
  );
}

function Standing({ jobs }: { jobs: readonly Job[] }) {
  if (jobs.every(({ state }) => state === 'NEVER_RAN'))
    return (
      <Notice tone="warn">
        <p>No worker has run yet. Start one, or look whether it reaches the database.</p>
      </Notice>
    );
  const failing = jobs.filter(({ state }) => state === 'FAILING').length;
  if (failing === 0) return null;
  return (
    <Notice tone="bad">
      <p>
        {failing === 1 ? 'One stage fails and is' : `${failing} stages fail and are`} tried again without your
        doing. Nothing is lost meanwhile: what is due stays in the database.
      </p>
    </Notice>
  );
}

function Stages({ jobs, mayRetry }: { jobs: readonly Job[]; mayRetry: boolean }) {
  const retry = useRetry(RETRY_JOB);
  const [asked, setAsked] = useState<string>();
  return (
    <>
      {retry.error ? <Failed error={retry.error} /> : null}
      <p className="visually-hidden" role="status">
        {asked && retry.isSuccess ? `${whatItDoes(asked)}: asked for` : ''}
      </p>
      <Ledger
        label="Stages"
        head={columns('Stage', 'State', '~Last succeeded', '#~Took', ...(mayRetry ? ['By hand'] : []))}
      >
        {jobs.map((job) => (
          <tr key={job.name}>
            <th scope="row" className="grow">
              {whatItDoes(job.name)}
              <span className="under narrow">
                {job.lastSucceededAt ? <Ago iso={job.lastSucceededAt} /> : 'never succeeded'}
              </span>
            </th>
            <td>
              <StateOf job={job} />
            </td>
            <td className="wide">{job.lastSucceededAt ? <Ago iso={job.lastSucceededAt} /> : '–'}</td>
            <td className="number wide">
              {job.lastDurationMs === null ? '–' : `${count(job.lastDurationMs)} ms`}
            </td>
            {mayRetry ? (
              <td>
                <button
                  type="button"
                  className="button"
                  disabled={retry.isPending}
                  aria-label={`Run now: ${whatItDoes(job.name)}`}
                  onClick={() => {
                    setAsked(job.name);
                    retry.mutate({ name: job.name });
                  }}
                >
                  {asked === job.name && retry.isPending ? 'Asking…' : 'Run now'}
                </button>
              </td>
            ) : null}
          </tr>
        ))}
      </Ledger>
    </>
  );
}

function StateOf({ job }: { job: Job }) {
  return (
    <>
      <State value={WORDS[job.state]} tone={TONES[job.state]} />
      {job.failingSince ? (
        <span className="under">
          {count(job.failures)} {job.failures === 1 ? 'time' : 'times'} since <Ago iso={job.failingSince} />
        </span>
      ) : null}
    </>
  );
}

function ForOperators() {
  return (
    <p className="quiet">
      What a stage failed with is shown to operators, who can also try again: sign in with an account that the
      installation names as operator.
    </p>
  );
}
