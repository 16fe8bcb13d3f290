/** A model or baseline of a backtest. */
export interface BacktestModel {
  name: string;
  groups: {
    /** `overall` for all series. */
    group: string;
    forecasts: number | null;
    figures: { measure: string; value: number }[];
  }[];
}

/** The figures that a version was proposed with, as its report tells them. */
export interface BacktestTable {
  horizon: number | null;
  folds: { origin: string; series: number }[];
  models: BacktestModel[];
}
