export {
  proveAnchor,
  withProvenRights,
  type AnchorProofSource,
  type RpcCall,
} from './anchor-proof.reader.js';
export { assembleBundle, type BundleRequest } from './bundle.reader.js';
export { BundleError, type BundleErrorCode } from './bundle.errors.js';
export { assembleBundles } from './bundles.reader.js';
