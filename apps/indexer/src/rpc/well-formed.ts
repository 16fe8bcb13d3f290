import { RetryError } from '../indexer.errors.js';

/**
 * Reads what a node answered. Whatever it is made of, it can end in no more than another attempt elsewhere.
 *
 * @param numbers those of the reading that have to be whole
 * @throws RetryError when the answer has not the form that it should have
 */
export function wellFormed<Reading>(
  read: () => Reading,
  numbers: (reading: Reading) => readonly number[],
): Reading {
  try {
    const reading = read();
    const odd = numbers(reading).find((number) => !Number.isSafeInteger(number) || number < 0);
    if (odd === undefined) return reading;
    throw new TypeError(`${odd} for a number`);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const problem = `the node's answer has not the form that it should have (${cause.message})`;
    throw new RetryError('RPC_UNAVAILABLE', problem, { cause });
  }
}
