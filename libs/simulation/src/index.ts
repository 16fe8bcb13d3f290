export { SIMULATION_CONTEXT, TALLY_NAMESPACE, toDocument, type CaptureDocument } from './document.js';
export { events, type SimulatedEvent } from './events.js';
export type { StockOut } from './flow.js';
export { groundTruth, type GroundTruth } from './play.js';
export { createPrng, type Prng } from './prng.js';
export { simulate } from './simulate.js';
export type { Excursion } from './state.js';
export type {
  DemandPattern,
  Outage,
  Partner,
  PartnerRole,
  Product,
  ProductDemand,
  Promotion,
  SimulationOptions,
  Site,
  SiteKind,
  World,
} from './world.js';
export type {
  FaultRule,
  ItemParty,
  ItemProduct,
  ItemSite,
  ItemSiteKind,
  ItemWorld,
  ItemWorldOptions,
  PlantedFault,
  PortClosure,
  RecordedEvent,
} from './items/item-world.js';
export { writtenTexts, type WrittenText } from './written.js';
export { simulateItems } from './items/simulate-items.js';
