import type { BallotGovernor } from '@tallyhouse/governance';

type TypedData = Awaited<ReturnType<BallotGovernor['toSign']>>;

const DOMAIN = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];

/** Typed data as a wallet takes it by JSON: with the domain's own type, and whole numbers as decimal text. */
export function signable({ domain, types, primaryType, message }: TypedData): unknown {
  const whole = { types: { EIP712Domain: DOMAIN, ...types }, primaryType, domain, message };
  return JSON.parse(
    JSON.stringify(whole, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
}
