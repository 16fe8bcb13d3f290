import { Injectable } from '@nestjs/common';
import { bizStepUri, readProfile } from '@tallyhouse/epcis';
import { DataSource, type EntityManager } from 'typeorm';
import { SenderError } from './sender.errors.js';

/** Who decided that a profile be met: the operator, whose profiles a partner cannot lift, or the partner itself. */
export type ProfileSetter = 'OPERATOR' | 'PARTNER';

/** One version of a profile as it is kept. A version never changes; a new one takes the place of the one before. */
export interface ProfileRow {
  readonly id: string;
  /** Address, lower case; null: every partner. */
  readonly partner: string | null;
  readonly name: string;
  /** From 1. */
  readonly version: number;
  /** Business steps as URIs of CBV or of an own vocabulary; empty: every event. */
  readonly bizSteps: readonly string[];
  /** JSON Schema. */
  readonly schema: object;
  readonly setBy: ProfileSetter;
  readonly createdAt: Date;
  /** When a newer version or nothing took its place; null while it is in force. */
  readonly retiredAt: Date | null;
}

/** What {@link ProfileRepository.put} is given. */
export interface ProfileInput {
  /** Address of any case; null: every partner. */
  readonly partner: string | null;
  readonly name: string;
  readonly bizSteps: readonly string[];
  readonly schema: object;
  readonly setBy: ProfileSetter;
}

/** Profiles in force that are for one partner, or for every partner. */
export const PROFILES_A_PARTNER = 50;

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const MAX_BIZ_STEPS = 50;
const COLUMNS = `id, partner, name, version, biz_steps AS "bizSteps", schema, set_by AS "setBy",
  created_at AS "createdAt", retired_at AS "retiredAt"`;

/** Keeps partner profiles, every version of them. */
@Injectable()
export class ProfileRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Puts a profile in force, as the next version of its name. The same content again changes nothing.
   *
   * @throws SenderError PROFILE_NAME_INVALID, PROFILE_INVALID (with the faults), PROFILE_OF_OPERATOR,
   *   PROFILE_COUNT_EXCEEDED
   */
  public async put(input: ProfileInput, now: Date): Promise<ProfileRow> {
    const bizSteps = checkedBizSteps(input);
    const read = readProfile(input.schema);
    if (!read.ok) throw new SenderError('PROFILE_INVALID', 'the schema is no profile', read.faults);
    const { name, setBy } = input;
    const partner = addressOf(input.partner);
    return this.locked(partner, async (manager) => {
      const current = await inForce(manager, partner, name);
      if (current?.setBy === 'OPERATOR' && setBy === 'PARTNER') throw ofOperator(name);
      if (current && isSame(current, bizSteps, input.schema)) return current;
      if (current) await retire(manager, current.id, now);
      else await refuseMore(manager, partner);
      const [row]: ProfileRow[] = await manager.query(
        `INSERT INTO partner_profile (partner, name, version, biz_steps, schema, set_by, created_at)
         SELECT $1, $2, coalesce(max(version), 0) + 1, $3::text[], $4::json, $5, $6 FROM partner_profile
         WHERE partner IS NOT DISTINCT FROM $1 AND name = $2 RETURNING ${COLUMNS}`,
        [partner, name, bizSteps, JSON.stringify(input.schema), setBy, now],
      );
      return row!;
    });
  }

  /**
   * Takes a profile out of force; its versions stay. False if none of that name is in force.
   *
   * @throws SenderError PROFILE_OF_OPERATOR
   */
  public async retire(address: string | null, name: string, by: ProfileSetter, now: Date): Promise<boolean> {
    const partner = addressOf(address);
    return this.locked(partner, async (manager) => {
      const current = await inForce(manager, partner, name);
      if (!current) return false;
      if (current.setBy === 'OPERATOR' && by === 'PARTNER') throw ofOperator(name);
      await retire(manager, current.id, now);
      return true;
    });
  }

  /** Profiles that a partner's events must meet now, those for every partner first. */
  public async inForce(address: string): Promise<ProfileRow[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM partner_profile WHERE (partner = $1 OR partner IS NULL) AND retired_at IS NULL
       ORDER BY partner NULLS FIRST, name`,
      [addressOf(address)],
    );
  }

  /** Every version for a partner, or for every partner when null; newest first, at most 1,000. */
  public async versions(address: string | null): Promise<ProfileRow[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM partner_profile WHERE partner IS NOT DISTINCT FROM $1
       ORDER BY created_at DESC, id DESC LIMIT 1000`,
      [addressOf(address)],
    );
  }

  /** The versions by which the events of captures were judged. */
  public async ofJobs(jobIds: readonly string[]): Promise<(ProfileRow & { readonly jobId: string })[]> {
    return this.dataSource.query(
      `SELECT job_id AS "jobId", ${COLUMNS} FROM capture_job_profile JOIN partner_profile ON id = profile_id
       WHERE job_id = ANY($1::uuid[]) ORDER BY job_id, partner NULLS FIRST, name`,
      [jobIds],
    );
  }

  private async locked<Result>(
    partner: string | null,
    work: (manager: EntityManager) => Promise<Result>,
  ): Promise<Result> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`profile ${partner ?? ''}`]);
      return work(manager);
    });
  }
}

function checkedBizSteps({ name, bizSteps }: ProfileInput): string[] {
  if (!NAME.test(name)) {
    const message = 'name: takes 1 to 64 small letters, digits and . _ -, a letter or digit first';
    throw new SenderError('PROFILE_NAME_INVALID', message);
  }
  const uris = [...new Set(bizSteps.map(bizStepUri))];
  if (uris.length > MAX_BIZ_STEPS || uris.some((uri) => uri.length > 300 || !/^\w+:\S+$/.test(uri))) {
    const message = `bizSteps: takes at most ${MAX_BIZ_STEPS} words of CBV or URIs of an own vocabulary`;
    throw new SenderError('PROFILE_INVALID', message);
  }
  return uris.sort();
}

async function inForce(
  manager: EntityManager,
  partner: string | null,
  name: string,
): Promise<ProfileRow | undefined> {
  const [row]: ProfileRow[] = await manager.query(
    `SELECT ${COLUMNS} FROM partner_profile
     WHERE partner IS NOT DISTINCT FROM $1 AND name = $2 AND retired_at IS NULL`,
    [partner, name],
  );
  return row;
}

async function retire(manager: EntityManager, id: string, now: Date): Promise<void> {
  await manager.query('UPDATE partner_profile SET retired_at = $2 WHERE id = $1', [id, now]);
}

async function refuseMore(manager: EntityManager, partner: string | null): Promise<void> {
  const [row] = (await manager.query(
    `SELECT count(*)::integer AS count FROM partner_profile
     WHERE partner IS NOT DISTINCT FROM $1 AND retired_at IS NULL`,
    [partner],
  )) as { count: number }[];
  if (row!.count >= PROFILES_A_PARTNER) {
    const message = `at most ${PROFILES_A_PARTNER} profiles are in force for a partner; retire one first`;
    throw new SenderError('PROFILE_COUNT_EXCEEDED', message);
  }
}

function isSame(current: ProfileRow, bizSteps: readonly string[], schema: object): boolean {
  const spelled = (steps: readonly string[], of: object): string => JSON.stringify([steps, of]);
  return spelled(current.bizSteps, current.schema) === spelled(bizSteps, schema);
}

function ofOperator(name: string): SenderError {
  return new SenderError('PROFILE_OF_OPERATOR', `the operator has set the profile ${name}: ask the operator`);
}

function addressOf(partner: string | null): string | null {
  if (partner === null) return null;
  if (!/^0x[0-9a-f]{40}$/i.test(partner)) {
    throw new SenderError('PARTNER_ADDRESS_INVALID', `${partner.slice(0, 60)} is not 0x and 40 digits`);
  }
  return partner.toLowerCase();
}
