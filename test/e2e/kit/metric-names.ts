const OURS = /\b(?:tallyhouse|process|nodejs)_[a-z_]+/g;
const PARTS = /_(?:bucket|sum|count)$/;

/** Metrics that an expression or a whole file of them names; parts of a histogram by the histogram's name. */
export function metricsNamed(text: string): Set<string> {
  return new Set([...text.matchAll(OURS)].map(([name]) => name.replace(PARTS, '')));
}

/** Metrics that a process exposes, from the text that it answers Prometheus with. */
export function metricsExposed(text: string): Set<string> {
  return new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name!));
}
