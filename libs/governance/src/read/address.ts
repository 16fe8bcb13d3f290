import { GovernanceError } from '../governance.errors.js';

/** An address as the index has it: lower case. @throws GovernanceError `ADDRESS_INVALID`, naming the field */
export function checkedAddress(field: string, address: string): string {
  if (/^0x[0-9a-fA-F]{40}$/.test(address)) return address.toLowerCase();
  throw new GovernanceError('ADDRESS_INVALID', `${field}: expected 0x and 40 hexadecimal digits`);
}
