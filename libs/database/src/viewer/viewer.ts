/** Roles that the api takes in the database: who reads, who writes for a partner, and who keeps keys and sessions. */
export type ApiRole = 'tallyhouse_reader' | 'tallyhouse_writer' | 'tallyhouse_keeper';

/** For whom something is read. */
export interface Viewer {
  /** Partners whose own rows these are: addresses in lower case. */
  readonly partners: readonly string[];
  /** Everybody that the viewer is, to whom grants may be given: the account first, then partners. Lower case. */
  readonly addresses: readonly string[];
  /** Whether somebody granted the viewer something, so that what is read has to be noted. */
  readonly hasGrants: boolean;
}

/** Who brings no key and has not signed in. */
export const anonymous: Viewer = { partners: [], addresses: [], hasGrants: false };

const ADDRESS = /^[\w.-]{1,100}$/;

/**
 * Statements that give the transaction under way its role and its viewer; they end with it. They read nothing, so that the
 * isolation level can still be set.
 *
 * @throws RangeError for an address that cannot stand in a list
 * @example viewerSettings('tallyhouse_reader', anonymous)
 */
export function viewerSettings(role: ApiRole, viewer: Viewer): string {
  return [
    `SET LOCAL ROLE ${role}`,
    `SET LOCAL tallyhouse.partners = '${listed(viewer.partners)}'`,
    `SET LOCAL tallyhouse.addresses = '${listed(viewer.addresses)}'`,
  ].join('; ');
}

function listed(addresses: readonly string[]): string {
  const odd = addresses.find((address) => !ADDRESS.test(address));
  if (odd !== undefined) throw new RangeError(`viewer: ${odd.slice(0, 60)} is no address`);
  return addresses.join(',');
}
