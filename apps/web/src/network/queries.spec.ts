import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import * as accounts from './queries/accounts.js';
import * as anomalies from './queries/anomalies.js';
import * as audit from './queries/audit.js';
import * as ballots from './queries/ballots.js';
import * as custody from './queries/custody.js';
import * as events from './queries/events.js';
import * as findings from './queries/findings.js';
import * as forecasts from './queries/forecasts.js';
import * as governance from './queries/governance.js';
import * as jobs from './queries/jobs.js';
import * as leadTimes from './queries/lead-times.js';
import * as models from './queries/models.js';
import * as recalls from './queries/recalls.js';
import * as reports from './queries/reports.js';
import * as shadow from './queries/shadow.js';
import * as sharing from './queries/sharing.js';
import * as status from './queries/status.js';
import * as texts from './queries/texts.js';
import * as viewer from './queries/viewer.js';

const schemaFile = new URL('../../../../schema.graphql', import.meta.url);
const present = existsSync(schemaFile);
if (!present)
  console.warn('schema.graphql is not there yet: the documents of the web are not checked against it');

const documents = Object.entries({
  ...accounts,
  ...anomalies,
  ...audit,
  ...ballots,
  ...custody,
  ...events,
  ...findings,
  ...forecasts,
  ...governance,
  ...jobs,
  ...leadTimes,
  ...models,
  ...recalls,
  ...reports,
  ...shadow,
  ...sharing,
  ...status,
  ...texts,
  ...viewer,
}).filter(([, text]) => /^\s*(query|subscription|mutation) /.test(text));

describe('queries', () => {
  it('all parse', () => {
    expect(documents.length).toBeGreaterThan(10);
    for (const [, text] of documents) expect(() => parse(text)).not.toThrow();
  });

  (present ? it : it.skip).each(documents)('%s is valid under schema.graphql', (_name, text) => {
    const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
    expect(validate(schema, parse(text)).map((fault) => fault.message)).toEqual([]);
  });
});
