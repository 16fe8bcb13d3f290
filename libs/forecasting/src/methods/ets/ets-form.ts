/** How a component of exponential smoothing joins the others. */
export type EtsError = 'additive' | 'multiplicative';
export type EtsTrend = 'none' | 'additive' | 'damped';
export type EtsSeason = 'none' | 'additive' | 'multiplicative';

/** One form of the taxonomy of Hyndman, Koehler, Snyder & Grose (2002): error, trend, season. */
export interface EtsForm {
  readonly error: EtsError;
  readonly trend: EtsTrend;
  readonly season: EtsSeason;
}

const form = (error: EtsError, trend: EtsTrend, season: EtsSeason): EtsForm => ({ error, trend, season });

const WITHOUT_SEASON: readonly EtsForm[] = (['additive', 'multiplicative'] as const).flatMap((error) =>
  (['none', 'additive', 'damped'] as const).map((trend) => form(error, trend, 'none')),
);

const WITH_SEASON: readonly EtsForm[] = [
  form('additive', 'none', 'additive'),
  form('additive', 'damped', 'additive'),
  form('multiplicative', 'none', 'multiplicative'),
  form('multiplicative', 'damped', 'multiplicative'),
  form('multiplicative', 'additive', 'multiplicative'),
];

/**
 * The forms worth fitting. Multiplicative parts need values above zero; the unstable pairs of an
 * additive error with a multiplicative season, and the other way round, are left out.
 */
export function formsFor(positive: boolean, seasonal: boolean): readonly EtsForm[] {
  const forms = seasonal ? WITH_SEASON : WITHOUT_SEASON;
  return positive ? forms : forms.filter(({ error }) => error === 'additive');
}
