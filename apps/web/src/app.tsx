import { Component, lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { Masthead } from './components/masthead.js';
import { PageHead } from './components/sheet.js';
import { Loading } from './components/states.js';
import { AccountPage, OwnAccountPage } from './pages/accounts/account-page.js';
import { DelegatesPage } from './pages/accounts/delegates-page.js';
import { CustodyPage } from './pages/custody/custody-page.js';
import { EventPage } from './pages/events/event-page.js';
import { EventsPage } from './pages/events/events-page.js';
import { FindingPage } from './pages/findings/finding-page.js';
import { FindingsPage } from './pages/findings/findings-page.js';
import { ForecastPage } from './pages/forecasts/forecast-page.js';
import { ForecastsPage } from './pages/forecasts/forecasts-page.js';
import { LeadTimesPage } from './pages/forecasts/lead-times-page.js';
import { AnomaliesPage } from './pages/forecasts/anomalies-page.js';
import { RunsPage } from './pages/forecasts/runs-page.js';
import { GovernancePage } from './pages/governance/governance-page.js';
import { ProposalPage } from './pages/governance/proposal-page.js';
import { ItemPage } from './pages/items/item-page.js';
import { JobsPage } from './pages/jobs/jobs-page.js';
import { ModelPage } from './pages/models/model-page.js';
import { ModelsPage } from './pages/models/models-page.js';
import { OverviewPage } from './pages/overview/overview-page.js';
import { ProposePage } from './pages/propose/propose-page.js';
import { RecallPage } from './pages/recalls/recall-page.js';
import { RecallsPage } from './pages/recalls/recalls-page.js';
import { ReportPage } from './pages/reports/report-page.js';
import { ReportsPage } from './pages/reports/reports-page.js';
import { SharingPage } from './pages/sharing/sharing-page.js';
import { SignedInPage } from './pages/signed-in/signed-in-page.js';
import { StatusPage } from './pages/status/status-page.js';
import { TextPage } from './pages/texts/text-page.js';
import { TextsPage } from './pages/texts/texts-page.js';
import { matchPath } from './router/match-path.js';
import { Link, usePath, useTitle } from './router/router.js';

/** Carries the verifier, which no other page needs; once it is drawn it works without a network. */
const VerifyPage = lazy(async () => {
  const { VerifyPage: page } = await import('./pages/verify/verify-page.js');
  return { default: page };
});

type Draw = (parameters: Record<string, string>) => ReactNode;

const ROUTES: readonly (readonly [string, Draw])[] = [
  ['/', () => <OverviewPage />],
  ['/governance', () => <GovernancePage />],
  ['/governance/delegates', () => <DelegatesPage />],
  ['/governance/me', () => <OwnAccountPage />],
  ['/governance/new', () => <ProposePage />],
  ['/governance/:id', ({ id }) => <ProposalPage id={id!} />],
  ['/account', () => <SignedInPage />],
  ['/accounts/:address', ({ address }) => <AccountPage key={address} address={address!} />],
  ['/models', () => <ModelsPage />],
  ['/models/:id', ({ id }) => <ModelPage id={id!} />],
  ['/forecasts', () => <ForecastsPage />],
  ['/forecasts/runs', () => <RunsPage />],
  ['/forecasts/strange-values', () => <AnomaliesPage />],
  ['/forecasts/lead-times', () => <LeadTimesPage />],
  ['/forecasts/:id', ({ id }) => <ForecastPage id={id!} />],
  ['/events', () => <EventsPage />],
  ['/events/:id', ({ id }) => <EventPage id={id!} />],
  ['/custody', () => <CustodyPage />],
  ['/sharing', () => <SharingPage />],
  ['/items/:uri', ({ uri }) => <ItemPage uri={uri!} />],
  ['/items/:uri/report', ({ uri }) => <ReportPage uri={uri!} />],
  ['/reports', () => <ReportsPage />],
  ['/recalls', () => <RecallsPage />],
  ['/recalls/:id', ({ id }) => <RecallPage id={id!} />],
  ['/findings', () => <FindingsPage />],
  ['/findings/:id', ({ id }) => <FindingPage id={id!} />],
  ['/texts', () => <TextsPage />],
  ['/texts/:id', ({ id }) => <TextPage id={id!} />],
  ['/status', () => <StatusPage />],
  ['/jobs', () => <JobsPage />],
  [
    '/verify',
    () => (
      <Suspense fallback={<Loading rows={6} />}>
        <VerifyPage />
      </Suspense>
    ),
  ],
];

export function App() {
  const path = usePath();
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <Masthead path={path} />
      <main id="main" tabIndex={-1}>
        <Boundary key={path}>{page(path)}</Boundary>
      </main>
      <footer className="foot">
        <p>
          {path === '/verify'
            ? 'A file that is checked here stays in this browser.'
            : 'Every figure is read at the block above. What is on chain can be checked without this server.'}
        </p>
      </footer>
    </>
  );
}

function page(path: string): ReactNode {
  for (const [pattern, draw] of ROUTES) {
    const parameters = matchPath(pattern, path);
    if (parameters) return draw(parameters);
  }
  return <NotFound />;
}

function NotFound() {
  useTitle('Not found');
  return (
    <PageHead
      title="Nothing is kept at this address"
      lead="The address may be mistyped, or the entry was never made."
    >
      <Link className="button" to="/">
        Go to the overview
      </Link>
    </PageHead>
  );
}

/** A fault while drawing one page leaves the masthead usable. */
class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <PageHead
        title="This page could not be drawn"
        lead="The answer had a form that this page does not know."
      >
        <a className="button" href={window.location.pathname}>
          Reload
        </a>
      </PageHead>
    );
  }
}
