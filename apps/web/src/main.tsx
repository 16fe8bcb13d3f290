import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App } from './app.js';
import { ReadError } from './network/graphql-client.js';
import { listen } from './network/live.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/wallet.css';
import './styles/ledger.css';
import './styles/loop.css';
import './styles/votes.css';
import './styles/prose.css';
import './styles/chart.css';
import './styles/verify.css';
import './styles/trace.css';
import './styles/report.css';
import './styles/print.css';
import './styles/texts.css';
import './styles/sharing.css';

const STALE_AFTER_MS = 10_000;
const RETRIES = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_AFTER_MS,
      retry: (failures, error) =>
        failures < RETRIES && error instanceof ReadError && error.code === 'UNREACHABLE',
    },
  },
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
void listen(client).catch(() => undefined);
