export { isPublicAddress } from './public-address.js';
export { WebhookError, type WebhookErrorCode } from './webhook.errors.js';
export {
  parseTarget,
  resolveTarget,
  type ResolvedAddress,
  type Resolver,
  type Target,
  type TargetPolicy,
} from './target.js';
export { isSignature, signatureOf, type Signed } from './signature.js';
export { postMessage, type Message, type PostPolicy } from './post.js';
export {
  addDelivery,
  DeliveryRepository,
  type ClaimedEndpoint,
  type DeadDelivery,
  type DeliveryCounts,
  type NewDelivery,
  type NextDelivery,
} from './delivery.repository.js';
export {
  addEndpoint,
  listEndpoints,
  removeEndpoint,
  type EndpointRow,
  type NewEndpoint,
} from './endpoint.repository.js';
export { Courier, defaultCourierSettings, type CourierClock, type CourierSettings } from './courier.js';
export { forgetDeliveries } from './forgetting.repository.js';
