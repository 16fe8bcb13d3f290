import type { Frequency } from '../contract/panel.js';

/** What is counted. */
export type Measure = 'DEMAND' | 'RECEIVED' | 'SHIPPED';

/** Which series a model reads. */
export interface PanelRequest {
  readonly measure: Measure;
  readonly frequency: Frequency;
  /** Nothing that happened at or after this moment is read. */
  readonly asOf: Date;
  /** This series alone; its data then end with its own partner's. */
  readonly seriesId?: string;
  /** Number of the last statement of stock-outs that is known; 0 for values as they were sold, all where left out. */
  readonly statementsUpTo?: number;
}
