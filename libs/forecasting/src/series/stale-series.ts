/** As a condition of SQL: what is read of the series is of blocks that are gone, until they are made anew. */
export const STALE_SERIES = `EXISTS (SELECT FROM derivation WHERE name = 'series' AND stale_from IS NOT NULL)`;
