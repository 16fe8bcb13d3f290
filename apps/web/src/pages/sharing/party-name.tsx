import { shortHex } from '../../format/names.js';

/** A partner by its name, any other account by its address. */
export function PartyName({ address, nameOf }: { address: string; nameOf: (address: string) => string }) {
  const name = nameOf(address);
  return name === address ? (
    <span className="mono" title={address}>
      {shortHex(address)}
    </span>
  ) : (
    <span title={address}>{name}</span>
  );
}
