import { csv } from '../../format/csv.js';
import type { DataRead, Grant } from '../../network/sharing-types.js';

/** Readings as a table for a spreadsheet; names and operations come from others, so none is left a formula. */
export function readingsCsv(
  readings: readonly DataRead[],
  grants: readonly Grant[],
  nameOf: (address: string) => string,
): string {
  const byId = new Map(grants.map((grant) => [grant.id, grant]));
  const header = ['read_at', 'reader', 'reader_name', 'asked_for', 'rows', 'grant', 'kind', 'resource'];
  const rows = readings.map(({ readAt, reader, operation, rowCount, grantId }) => {
    const grant = byId.get(grantId);
    return [
      ...[readAt, reader, nameOf(reader), operation, rowCount, grantId],
      ...[grant?.kind ?? null, grant?.resource ?? null],
    ];
  });
  return csv(header, rows);
}
