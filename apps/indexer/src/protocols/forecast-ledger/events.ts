import { factTable } from '../protocol.js';

export const forecastCommitted = factTable('forecast_committed', {
  family: 'text',
  version_id: 'text',
  root: 'text',
  as_of: 'timestamptz',
  first_target: 'timestamptz',
  count: 'bigint',
  committer: 'text',
});
