import { toHex, type Hex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

/** A key of the local world; never used on a chain that others see. */
export interface LocalAccount {
  readonly name: string;
  readonly address: Hex;
  readonly privateKey: Hex;
}

/** Who acts in the local world, all from one phrase. */
export interface LocalAccounts {
  readonly deployer: LocalAccount;
  /** Anchors events and commits forecasts. */
  readonly relayer: LocalAccount;
  /** Pays for members' signed ballots. */
  readonly ballots: LocalAccount;
  readonly guardian: LocalAccount;
  /** Puts model versions forward. */
  readonly proposer: LocalAccount;
  readonly members: readonly LocalAccount[];
  /** Address of the partner with this index. */
  readonly partner: (index: number) => LocalAccount;
}

const MEMBERS = ['alice', 'bob', 'carol'] as const;
const FIRST_PARTNER = 20;

/**
 * Derives the local accounts (BIP-44, `m/44'/60'/0'/0/{index}`); anvil funds the first ten.
 *
 * @param mnemonic BIP-39 phrase
 */
export function localAccounts(mnemonic: string): LocalAccounts {
  const account = (name: string, index: number): LocalAccount => {
    const derived = mnemonicToAccount(mnemonic, { addressIndex: index });
    return { name, address: derived.address, privateKey: toHex(derived.getHdKey().privateKey!) };
  };
  return {
    deployer: account('deployer', 0),
    relayer: account('relayer', 1),
    ballots: account('ballots', 7),
    guardian: account('guardian', 2),
    proposer: account('proposer', 3),
    members: MEMBERS.map((name, index) => account(name, 4 + index)),
    partner: (index) => account(`partner-${index}`, FIRST_PARTNER + index),
  };
}
