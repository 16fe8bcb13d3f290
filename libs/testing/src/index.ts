export { startAnvil, type Anvil, type AnvilOptions } from './anvil.js';
export { startPostgres, type LocalPostgres, type PostgresOptions } from './postgres.js';
export {
  deployLocal,
  digest,
  PUBLIC_TEST_MNEMONIC,
  ROLE,
  testVersion,
  type LocalDeployment,
} from './local-deployment.js';
export { freePort, isFree } from './free-port.js';
export { LocalServerError } from './testing.errors.js';
export { postgresBinaries } from './postgres-cluster.js';
export { makeSchemaTemplate } from './make-schema-template.js';
