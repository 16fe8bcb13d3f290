/** How groups of deliveries are remembered. */
export interface GroupSettings {
  /** So many imagined deliveries at the overall rate stand beside those of a group. */
  readonly prior: number;
  /** Days after which a delivery counts half. */
  readonly halfLifeDays: number;
  /** A delay counts as at most so many days, early or late. */
  readonly mostDelayDays: number;
}

/** How trees and the lane's rate are joined by outcomes that neither had seen. */
export interface CalibrationSettings {
  /** Days before learning ends whose outcomes other trees have not seen. */
  readonly heldDays: number;
  readonly everyDays: number;
  /** Days after which an outcome counts half. */
  readonly halfLifeDays: number;
  /** A lane that was never late is not certain not to be. */
  readonly leastRate: number;
  readonly mostRate: number;
  /** Strength with which each weight of a signal, and the offset, are held where they began. */
  readonly holdSignal: number;
  readonly holdOffset: number;
}

/** How quantiles of arrival are made of past delays. */
export interface ArrivalSettings {
  /** A mode counts as so many deliveries of the lane, all together as a third of that. */
  readonly prior: number;
  /** Delays of a group that are remembered, the last ones. */
  readonly latest: number;
}

/** Everything that is decided of lateness and not learned. */
export interface LatenessSettings {
  /** Days before the promised day at which the question is asked. */
  readonly noticeDays: number;
  readonly groups: GroupSettings;
  readonly calibration: CalibrationSettings;
  readonly arrival: ArrivalSettings;
}

/** What the program uses; chosen as `experiments/forecast-lead-time` says. */
export const LATENESS_SETTINGS: LatenessSettings = {
  noticeDays: 30,
  groups: { prior: 12, halfLifeDays: 270, mostDelayDays: 60 },
  calibration: {
    ...{ heldDays: 365, everyDays: 30, halfLifeDays: 120 },
    ...{ leastRate: 0.01, mostRate: 0.98, holdSignal: 20, holdOffset: 5 },
  },
  arrival: { prior: 15, latest: 400 },
};
