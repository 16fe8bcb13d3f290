/** Begins to measure. @returns what says how many seconds it has been, by a clock that nobody sets */
export function stopwatch(): () => number {
  const startMs = performance.now();
  return () => (performance.now() - startMs) / 1_000;
}
