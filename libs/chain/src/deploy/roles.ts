import { keccak256, stringToHex, zeroHash } from 'viem';

/** Administers every other role of a contract. */
export const DEFAULT_ADMIN_ROLE = zeroHash;
/** Puts model versions forward (ModelRegistry); schedules operations (TimelockController). */
export const PROPOSER_ROLE = keccak256(stringToHex('PROPOSER_ROLE'));
/** Undoes the latest activation of a family. */
export const GUARDIAN_ROLE = keccak256(stringToHex('GUARDIAN_ROLE'));
/** Admits partners. */
export const REGISTRAR_ROLE = keccak256(stringToHex('REGISTRAR_ROLE'));
/** Commits forecasts. */
export const COMMITTER_ROLE = keccak256(stringToHex('COMMITTER_ROLE'));
/** Takes a logistic unit out of all hands. */
export const ARBITER_ROLE = keccak256(stringToHex('ARBITER_ROLE'));
/** Cancels operations of the timelock. */
export const CANCELLER_ROLE = keccak256(stringToHex('CANCELLER_ROLE'));
/** Executes operations of the timelock; held by the zero address it means anyone. */
export const EXECUTOR_ROLE = keccak256(stringToHex('EXECUTOR_ROLE'));
