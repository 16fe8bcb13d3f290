export * from './anchor-typed-data.js';
export * from './anvil-path.js';
export * from './ballot-typed-data.js';
export * from './chain.errors.js';
export * from './clients.js';
export * from './deployment.js';
export * from './deploy/deploy-options.js';
export * from './deploy/deploy-tallyhouse.js';
export * from './deploy/deployment-finding.js';
export * from './deploy/plan-deployment.js';
export * from './deploy/roles.js';
export * from './deploy/verify-deployment.js';
export * from './deploy/write-deployment.js';
export * from './generated/index.js';
export * from './position.js';
export * from './read-deployment.js';
export * from './rows-digest.js';
export {
  ChainWriter,
  type ContractCall,
  type WriterSettings,
  type WritingSession,
} from './writer/chain-writer.js';
