import { z } from 'zod';

/** Addresses of accounts with commas between; lower case. */
export const accounts = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((address) => address.trim().toLowerCase())
      .filter((address) => address !== ''),
  )
  .pipe(z.array(z.string().regex(/^0x[0-9a-f]{40}$/, 'expected addresses of 0x and 40 hexadecimal digits')));
