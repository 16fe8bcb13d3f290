import { z } from 'zod';
import { ConfigError } from './config.errors.js';

const optional = z.string().max(1_024).default('');
/** Addresses from which clouds hand out keys to whoever asks from inside. */
const LINK_LOCAL = /^(169\.254\.|\[fe[89ab])/i;
const FOLDER = 'file';

/** Of the first S3 store; those of the second are called S3_REGION_2 and so on. */
export const artifactVariables = {
  ARTIFACT_STORES: z.string().max(8_192).default(FOLDER),
  ARTIFACT_WRITE_QUORUM: z.coerce.number().int().min(0).max(16).default(0),
  ARTIFACT_TRUSTED_ORIGINS: optional,
  S3_REGION: optional,
  S3_ACCESS_KEY_ID: optional,
  S3_SECRET_ACCESS_KEY: optional,
  S3_SESSION_TOKEN: optional,
};

/** A bucket of anything that speaks S3, by path-style requests. */
export interface S3StoreConfig {
  readonly kind: 's3';
  readonly origin: string;
  readonly bucket: string;
  /** Before each name, with a slash at its end; may be empty. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/** Where artifacts are kept, in the order in which they are looked for. */
export interface ArtifactsConfig {
  readonly stores: readonly ({ readonly kind: 'file' } | S3StoreConfig)[];
  /** How many stores have to have what is written. */
  readonly writeQuorum: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads ARTIFACT_STORES: `file` for the folder of the state directory, `https://host/bucket/prefix` for a bucket. Plain
 * http is for origins that ARTIFACT_TRUSTED_ORIGINS names.
 *
 * @throws ConfigError that names what is wrong and repeats no key
 * @example artifactsConfig({ ARTIFACT_STORES: 'file,https://s3.eu-central-1.amazonaws.com/models', S3_REGION: 'eu-central-1', … }).stores.length // 2
 */
export function artifactsConfig(environment: Environment): ArtifactsConfig {
  const problems: string[] = [];
  const places = listOf(environment['ARTIFACT_STORES'] || FOLDER);
  const trusted = listOf(environment['ARTIFACT_TRUSTED_ORIGINS'] ?? '');
  let buckets = 0;
  const stores = places.flatMap((place): ArtifactsConfig['stores'] => {
    if (place === FOLDER) return [{ kind: FOLDER }];
    buckets += 1;
    const store = s3Store(place, buckets, environment, trusted, problems);
    return store ? [store] : [];
  });
  if (new Set(places).size !== places.length) problems.push('ARTIFACT_STORES: names a store twice');
  const quorum = Number(environment['ARTIFACT_WRITE_QUORUM'] || places.length) || places.length;
  if (quorum > places.length)
    problems.push(`ARTIFACT_WRITE_QUORUM: at most ${places.length}, so many stores are there`);
  if (problems.length > 0) throw new ConfigError(problems);
  return { stores, writeQuorum: quorum };
}

function s3Store(
  place: string,
  number: number,
  environment: Environment,
  trusted: readonly string[],
  problems: string[],
): S3StoreConfig | undefined {
  const before = problems.length;
  const suffix = number === 1 ? '' : `_${number}`;
  const own = (name: string): string => environment[`${name}${suffix}`] ?? '';
  for (const name of ['S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])
    if (own(name) === '')
      problems.push(`${name}${suffix}: needed by store ${number} of S3 in ARTIFACT_STORES`);
  const fault = faultOf(place, trusted);
  if (fault !== undefined) problems.push(`ARTIFACT_STORES: store ${number} of S3 ${fault}`);
  if (problems.length > before) return undefined;
  const { origin, pathname } = new URL(place);
  const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '');
  return {
    ...{ kind: 's3', origin, bucket, prefix: folders.map((folder) => `${folder}/`).join('') },
    ...{ region: own('S3_REGION'), accessKeyId: own('S3_ACCESS_KEY_ID') },
    secretAccessKey: own('S3_SECRET_ACCESS_KEY'),
    sessionToken: own('S3_SESSION_TOKEN') || undefined,
  };
}

function faultOf(place: string, trusted: readonly string[]): string | undefined {
  if (!URL.canParse(place)) return 'is neither `file` nor a URL';
  const { protocol, origin, username, password, search, hash, hostname, pathname } = new URL(place);
  if (username || password) return 'holds a name or a password: keys go into S3_ACCESS_KEY_ID and so on';
  if (search || hash) return 'holds a query or a fragment';
  if (LINK_LOCAL.test(hostname)) return 'is at a link-local address';
  if (protocol !== 'https:' && !(protocol === 'http:' && trusted.includes(origin)))
    return 'is not https, and ARTIFACT_TRUSTED_ORIGINS does not name its origin';
  if (!/^(\/[A-Za-z0-9][A-Za-z0-9._-]{1,62})+\/?$/.test(pathname))
    return 'needs a bucket after the host, and names of letters, digits, dots, dashes and underscores';
  return undefined;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
