export { FEED_START, numberCaptures, startOfFeed, type FeedCursor } from './capture-feed.repository.js';
export { readFeed, type FeedPage, type FeedQuestion, type FeedStart } from './capture-feed.reader.js';
export { CONTROL_NAMES, controlsOfAddress, parseControls, refuseCuts, type Controls } from './controls.js';
export { nextMoment, parseSchedule, SCHEDULE_FIELDS, type Schedule, type ScheduleText } from './schedule.js';
export { invalidControl, SubscriptionError, type SubscriptionErrorCode } from './subscription.errors.js';
export {
  SubscriptionRepository,
  SUBSCRIPTIONS_A_PARTNER,
  SUBSCRIPTION_WEBHOOK,
  type NewSubscription,
  type SubscriptionRow,
} from './subscription.repository.js';
export { SubscriptionRound } from './subscription-round.service.js';
