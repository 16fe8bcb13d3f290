/**
 * Parameters as terms and values; the name of a parameter says its unit.
 *
 * @example parameterWords({ maxGapHours: 18 }) // [['Max gap hours', '18']]
 */
export function parameterWords(parameters: Readonly<Record<string, number>>): [string, string][] {
  return Object.entries(parameters).map(([name, value]) => {
    const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
    return [words.charAt(0).toUpperCase() + words.slice(1), String(value)];
  });
}
