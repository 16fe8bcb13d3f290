import { makeSchemaTemplate } from '@tallyhouse/testing';
import { migrate } from '../migrate/migrate.js';

const made = await makeSchemaTemplate(migrate);
process.stdout.write(
  made ? 'every table, made once for all tests\n' : 'as it was: no migration has changed\n',
);
