const FIRST_YEAR = 2000;
const LAST_YEAR = 2040;

/** SQL that gives a table partitioned by time one partition a year and one for all other times. */
export function yearPartitions(table: string): string {
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
  const partitions = years.map(
    (year) =>
      `CREATE TABLE ${table}_${year} PARTITION OF ${table} FOR VALUES FROM ('${year}-01-01Z') TO ('${year + 1}-01-01Z');`,
  );
  return [...partitions, `CREATE TABLE ${table}_other PARTITION OF ${table} DEFAULT;`].join('\n');
}

/** The inverse of {@link yearPartitions}; the parent table stays. */
export function dropYearPartitions(table: string): string {
  const names = Array.from(
    { length: LAST_YEAR - FIRST_YEAR + 1 },
    (_, index) => `${table}_${FIRST_YEAR + index}`,
  );
  return `DROP TABLE ${[...names, `${table}_other`].join(', ')}`;
}
