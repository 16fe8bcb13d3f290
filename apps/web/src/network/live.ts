import type { QueryClient } from '@tanstack/react-query';
import { FINDING_RAISED } from './queries/findings.js';
import { PROPOSAL_CHANGED } from './queries/governance.js';
import { EVENT_CAPTURED, MODEL_ACTIVATED } from './queries/status.js';

const SETTLE_MS = 400;

/**
 * Listens for pushes and marks what they touch as old. The socket code loads after the first page is drawn; where no
 * socket can be had the pages go on polling.
 */
export async function listen(client: QueryClient): Promise<() => void> {
  const { createClient } = await import('graphql-ws');
  const url = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`;
  const socket = createClient({ url, lazy: true, retryAttempts: 20, shouldRetry: () => true });
  const refresh = settle((topics) => {
    for (const topic of topics) void client.invalidateQueries({ queryKey: [topic] });
  });
  const stops = [
    socket.subscribe(
      { query: EVENT_CAPTURED },
      sink(() => refresh(['status', 'events'])),
    ),
    socket.subscribe(
      { query: FINDING_RAISED },
      sink(() => refresh(['findings'])),
    ),
    socket.subscribe(
      { query: PROPOSAL_CHANGED },
      sink(() => refresh(['governance', 'standing'])),
    ),
    socket.subscribe(
      { query: MODEL_ACTIVATED },
      sink(() => refresh(['status', 'models', 'governance', 'forecasts'])),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
    void socket.dispose();
  };
}

function sink(next: () => void) {
  return { next, error: () => undefined, complete: () => undefined };
}

/** Gathers a burst of pushes into one refresh. */
function settle(run: (topics: Set<string>) => void): (topics: string[]) => void {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (topics) => {
    for (const topic of topics) waiting.add(topic);
    timer ??= setTimeout(() => {
      timer = undefined;
      const now = waiting;
      waiting = new Set();
      run(now);
    }, SETTLE_MS);
  };
}
