import { InvalidArgumentError } from 'commander';

/** A whole number of a command-line option. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError('expected a whole number, 0 or more');
  return number;
}

/** A TCP port of a command-line option. */
export function port(text: string): number {
  const number = wholeNumber(text);
  if (number < 1 || number > 65_535) throw new InvalidArgumentError('expected a port, 1 to 65535');
  return number;
}
