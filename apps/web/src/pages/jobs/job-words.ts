/** What each stage does, in the words of the pages. */
const WHAT: Readonly<Record<string, string>> = {
  ANCHOR: 'Seals events into batches and anchors them',
  BALLOTS: 'Sends signed ballots',
  GRAPH: 'Extends the graph of items',
  RECALL: 'Sends recall notices',
  SUBSCRIPTIONS: 'Prepares messages for subscribers',
  WEBHOOKS: 'Delivers messages to webhooks',
  MODELS: 'Switches to the models that were voted',
  SERIES: 'Builds series of what is anchored',
  FORECAST: 'Forecasts',
  FORECAST_SHARDS: 'Forecasts shares of large panels',
  SHADOW: 'Lets candidate models forecast beside the one in force',
  COMMIT: 'Commits forecasts on chain',
  SCORE: 'Scores forecasts whose outcome is known',
  TEXTS: 'Reads and seals texts',
  LABELS: 'Labels texts',
  AUDIT: 'Judges events by the audit rules',
  ANOMALIES: 'Looks for strange values',
  LEAD_TIMES: 'Estimates lead times',
  HOUSEKEEPING: 'Removes what has been kept long enough',
};

/** A stage that a newer worker knows is told by its name. */
export function whatItDoes(name: string): string {
  return WHAT[name] ?? name.toLowerCase();
}
