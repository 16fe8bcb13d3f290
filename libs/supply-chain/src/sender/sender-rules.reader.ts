import { readProfile, type PartnerProfile, type Profile } from '@tallyhouse/epcis';
import type { DataSource } from 'typeorm';
import { ProfileRepository, type ProfileRow } from './profile.repository.js';

/** What events of one sender must be beyond the standard. */
export interface SenderRules {
  readonly profiles: readonly PartnerProfile[];
  /** Ids of those profiles, which are noted with the capture. */
  readonly profileIds: readonly string[];
  /** GS1 Company Prefixes under which the sender may create identifiers; empty: none were registered, all pass. */
  readonly companyPrefixes: readonly string[];
}

const MAX_COMPILED = 200;

/** Reads what a sender's events must meet; a version is compiled once. */
export class SenderRulesReader {
  private readonly compiled = new Map<string, Profile>();
  private readonly profiles: ProfileRepository;

  public constructor(private readonly dataSource: DataSource) {
    this.profiles = new ProfileRepository(dataSource);
  }

  /** @param partner - address, any case */
  public async of(partner: string): Promise<SenderRules> {
    const [rows, prefixes] = await Promise.all([
      this.profiles.inForce(partner),
      this.dataSource.query('SELECT prefix FROM partner_prefix WHERE partner = $1 ORDER BY prefix', [
        partner.toLowerCase(),
      ]) as Promise<{ prefix: string }[]>,
    ]);
    return {
      profiles: rows.map((row) => ({ ...row, profile: this.profileOf(row) })),
      profileIds: rows.map(({ id }) => id),
      companyPrefixes: prefixes.map(({ prefix }) => prefix),
    };
  }

  private profileOf({ id, name, version, schema }: ProfileRow): Profile {
    const known = this.compiled.get(id);
    if (known) return known;
    const read = readProfile(schema);
    if (!read.ok)
      throw new Error(`profile ${name}@${version} is stored but is none: ${JSON.stringify(read.faults)}`);
    if (this.compiled.size >= MAX_COMPILED) this.compiled.clear();
    this.compiled.set(id, read.profile);
    return read.profile;
  }
}
