/** Labels to choose from: those of the model in the order of letters, and those that people gave and it lacks. */
export function labelsAmong(known: readonly string[], said: readonly string[]): string[] {
  return [...new Set([...known, ...said])].sort((a, b) => a.localeCompare(b, 'en'));
}
