import type { SeriesForecast } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';

/** What the process of a candidate is asked, once. */
export interface ApartRequest {
  readonly artifact: Uint8Array;
  readonly panel: Panel;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly seed: number;
}

/** What it answers before it ends. */
export type ApartReply = { readonly forecasts: readonly SeriesForecast[] } | { readonly refusal: string };
