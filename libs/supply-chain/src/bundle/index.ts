export { assembleBundle, type BundleRequest, type RpcCall } from './bundle.reader.js';
export { BundleError, type BundleErrorCode } from './bundle.errors.js';
export { assembleBundles } from './bundles.reader.js';
