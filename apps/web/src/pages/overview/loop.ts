import { shownCount } from './shown-count.js';
import { count, percent, share, whole } from '../../format/numbers.js';
import { duration } from '../../format/times.js';
import type { Connection, ForecastRun, IndexStatus, ModelFamily, ProposalRow } from '../../network/types.js';

export interface Stage {
  name: string;
  value: string;
  note: string;
  to: string;
  tone: 'plain' | 'good' | 'warn' | 'bad';
}

export interface LoopReads {
  status: IndexStatus | undefined;
  series: Connection<unknown> | undefined;
  runs: Connection<ForecastRun> | undefined;
  proposals: Connection<ProposalRow> | undefined;
  models: ModelFamily[] | undefined;
}

const BEHIND_SECONDS = 60;
const UNREAD = '–';

/** The nine stages in three groups: what moved, what is expected to move, who decided which model may say so. */
export function loopStages(reads: LoopReads): { title: string; stages: Stage[] }[] {
  return [
    { title: 'What moved', stages: moved(reads.status) },
    { title: 'What is expected', stages: expected(reads) },
    { title: 'Who decided', stages: decided(reads) },
  ];
}

function moved(status: IndexStatus | undefined): Stage[] {
  const waiting = status?.counts.pending ?? 0;
  const behind = status !== undefined && status.lagSeconds > BEHIND_SECONDS;
  return [
    stage('Captured', status && count(status.counts.captured), status ? 'events, validated' : '', '/events'),
    stage(
      'Anchored',
      status && count(status.counts.anchored),
      status ? `${count(status.counts.batches)} batches, ${count(waiting)} waiting` : '',
      '/events?status=ANCHORED',
    ),
    stage(
      'Indexed',
      status && whole(status.blockNumber),
      status
        ? `block; ${behind ? `${duration(status.lagSeconds)} behind` : `lag ${count(status.lagBlocks)}`}`
        : '',
      '/status',
      behind ? 'warn' : status ? 'good' : 'plain',
    ),
  ];
}

function expected({ status, series, runs }: LoopReads): Stage[] {
  const known = runs?.edges.map((edge) => edge.node) ?? [];
  const committed = known.filter((run) => run.commitment).length;
  const latest = known[0];
  return [
    stage('Series', series && shownCount(series), series ? 'from anchored events' : '', '/forecasts'),
    stage(
      'Forecast',
      status && count(status.counts.forecasts),
      latest ? `runs, latest ${latest.asOf.slice(0, 10)}` : runs ? 'runs, none yet' : '',
      '/forecasts',
    ),
    stage(
      'Committed',
      runs && `${count(committed)} of ${shownCount(runs)}`,
      runs ? 'runs, before the outcome' : '',
      '/forecasts/runs',
      runs && known.length > 0 && committed === known.length ? 'good' : 'plain',
    ),
  ];
}

function decided({ status, proposals, models }: LoopReads): Stage[] {
  const latest = proposals?.edges[0]?.node;
  const open = proposals?.edges.filter((edge) => edge.node.state === 'ACTIVE').length ?? 0;
  const to = latest ? `/governance/${latest.id}` : '/governance';
  return [
    stage(
      'Proposal',
      status && count(status.counts.proposals),
      proposals ? (open > 0 ? `${count(open)} open to vote` : 'none open now') : '',
      '/governance',
    ),
    stage(
      'Vote',
      voteValue(latest, proposals),
      latest ? 'for, latest proposal' : proposals ? 'no proposal yet' : '',
      to,
    ),
    running(models),
  ];
}

function voteValue(latest: ProposalRow | undefined, read: unknown): string | undefined {
  if (!read) return undefined;
  if (!latest) return 'none';
  const cast = BigInt(latest.forVotes) + BigInt(latest.againstVotes) + BigInt(latest.abstainVotes);
  return cast === 0n ? 'none' : percent(share(latest.forVotes, cast));
}

/** Whether every family runs the version that governance activated. */
function running(models: ModelFamily[] | undefined): Stage {
  const voted = models?.filter((family) => family.active) ?? [];
  const right = voted.filter((family) => runsAsVoted(family)).length;
  const tone = voted.length === 0 ? 'plain' : right === voted.length ? 'good' : 'bad';
  return stage(
    'Running',
    models && `${right} of ${voted.length}`,
    models ? 'models as decided' : '',
    '/models',
    tone,
  );
}

export function runsAsVoted(family: ModelFamily): boolean {
  return family.active !== null && family.runtime?.runningVersionId === family.active.id;
}

function stage(
  name: string,
  value: string | undefined,
  note: string,
  to: string,
  tone: Stage['tone'] = 'plain',
): Stage {
  return { name, value: value ?? UNREAD, note, to, tone };
}
