/** How a stage of the loop goes. */
export interface Job {
  name: string;
  state: 'NEVER_RAN' | 'WAITING' | 'RUNNING' | 'FAILING';
  lastSucceededAt: string | null;
  lastDurationMs: number | null;
  failingSince: string | null;
  failures: number;
}

export interface JobsAnswer {
  mayRetryJobs: boolean;
  jobs: Job[];
  deliveryCounts: { waiting: number; dead: number };
}

export interface JobFailure {
  id: string;
  name: string;
  error: string;
  lastFailedAt: string;
  times: number;
  givenUp: boolean;
  resolvedAt: string | null;
}

export interface DeadDelivery {
  id: string;
  partner: string;
  purpose: string;
  url: string;
  createdAt: string;
  attempts: number;
  lastError: string | null;
}
