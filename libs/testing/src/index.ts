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
export { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from './otlp-receiver.js';
export { startLocalS3, type LocalS3 } from './s3/s3-server.js';
