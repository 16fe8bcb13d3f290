import { z } from 'zod';

const days = z.coerce.number().int().min(0).max(36_500);

/** Days after which something may go; 0 keeps it for ever. */
export const retentionVariables = {
  RETENTION_DOCUMENTS_DAYS: days.default(0),
  RETENTION_REFUSALS_DAYS: days.default(0),
  RETENTION_DELIVERIES_DAYS: days.default(30),
};

/** Days after which something that no proof needs may go; undefined keeps it for ever. */
export interface RetentionConfig {
  /** Documents byte for byte as they were received. */
  readonly documentsDays: number | undefined;
  /** Jobs of documents that were refused, with what was wrong with them. */
  readonly refusalsDays: number | undefined;
  /** Messages to webhooks that were delivered or given up. */
  readonly deliveriesDays: number | undefined;
}

/** Settings of parsed variables. */
export function retentionOf(
  variables: Readonly<Record<keyof typeof retentionVariables, number>>,
): RetentionConfig {
  return {
    documentsDays: variables.RETENTION_DOCUMENTS_DAYS || undefined,
    refusalsDays: variables.RETENTION_REFUSALS_DAYS || undefined,
    deliveriesDays: variables.RETENTION_DELIVERIES_DAYS || undefined,
  };
}
