import {
  ForecastingError,
  isLatenessArtifact,
  LATENESS,
  readArtifact,
  readLateness,
} from '@tallyhouse/forecasting';

/** What an artifact says of itself; of a family that is no forecaster, or without the bytes, nothing. */
export function manifestOf(bytes: Uint8Array | null): { forecaster: string | null; licence: string | null } {
  if (bytes === null) return { forecaster: null, licence: null };
  try {
    if (isLatenessArtifact(bytes))
      return { forecaster: LATENESS, licence: readLateness(bytes).licence ?? null };
    const { forecaster, licence = null } = readArtifact(bytes);
    return { forecaster, licence };
  } catch (error) {
    if (error instanceof ForecastingError) return { forecaster: null, licence: null };
    throw error;
  }
}
