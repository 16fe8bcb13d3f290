export { BalanceReader, type SiteBalance } from './balance.reader.js';
export { massBalance, type Balance, type BalanceWindow } from './balance.js';
export {
  causeOf,
  flowOf,
  type Flow,
  type Movement,
  type MovementCause,
  type MovementWords,
} from './movement.js';
export { overspent, type CertifiedEntry, type Overspending } from './spending.js';
export {
  amountOf,
  BASE_UNIT,
  isKnownUnit,
  type BaseAmount,
  type Dimension,
  type NetContent,
} from './units.js';
export { CONSERVATION, jointBounds, yieldsOf, type Measured, type Yield, type YieldBounds } from './yield.js';
export {
  ProductMeasureRepository,
  type ProductMeasure,
  type ProductMeasureInput,
} from './product-measure.repository.js';
