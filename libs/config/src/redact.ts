import type { Config } from './config.js';

const HIDDEN = '[hidden]';
/** Shorter than this a value is not looked for by itself: it may be an everyday word. */
const SHORTEST_LOOKED_FOR = 12;

const SECRET_NAMES =
  '[A-Za-z_-]*(?:secret|password|passphrase|mnemonic|private_?key|api_?key|token|authorization|cookie|signature)';

const TEXT = '"(?:[^"\\\\]|\\\\.)*"';
const BYTES = '\\{"type":"Buffer","data":\\[[\\d,]*\\]\\}';
const LIST = `\\[(?:${TEXT},?|[\\d,])*\\]`;

/** Fields that are called like secrets, at any depth. */
const NAMED = new RegExp(`("${SECRET_NAMES}":)(?:${TEXT}|${BYTES}|${LIST})`, 'gi');
/** The same in JSON that was put into a text. */
const NAMED_WITHIN = new RegExp(`(\\\\"${SECRET_NAMES}\\\\"\\s*:\\s*)\\\\"(?:(?!\\\\").)*\\\\"`, 'gi');
const HEADER =
  /\b((?:authorization|x-api-key)["']?\s*[:=]\s*["']?)(?:Bearer\s+|Basic\s+)?[^\s"',\\}]+|\b((?:set-)?cookie["']?\s*[:=]\s*["']?)[^"'\\]+/gi;

/** What secrets look like, wherever they stand. Hashes of ours begin with 0x and stay. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"'\\]*:[^\s/"'\\]*@/gi, `$1${HIDDEN}@`],
  [/\bth[ar]?_[A-Za-z0-9_-]{20,}/g, HIDDEN],
  [/\b0x[0-9a-f]{128,}\b/gi, HIDDEN],
  [/\bt=\d{1,12},v1=[0-9a-f]{64}\b/g, HIDDEN],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi, `$1 ${HIDDEN}`],
  [/(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])/gi, HIDDEN],
  [/\b(Signature=)[0-9a-f]{64}/gi, `$1${HIDDEN}`],
];

/**
 * Takes secrets out of a line of the log: the values that this process was given, fields that are called like secrets,
 * and what looks like one. URLs lose name and password.
 *
 * @param secrets exact values
 */
export function redactorOf(secrets: readonly string[]): (line: string) => string {
  const values = [...new Set(secrets)].filter(({ length }) => length >= SHORTEST_LOOKED_FOR);
  values.sort((left, right) => right.length - left.length);
  return (line) => {
    let text = line;
    for (const value of values) text = text.replaceAll(value, HIDDEN);
    text = text.replace(NAMED, `$1"${HIDDEN}"`).replace(NAMED_WITHIN, `$1\\"${HIDDEN}\\"`);
    text = text.replace(HEADER, `$1$2${HIDDEN}`);
    for (const [shape, instead] of SHAPES) text = text.replace(shape, instead);
    return text;
  };
}

/** Every secret value in a configuration. */
export function secretsOf(config: Partial<Config>): string[] {
  const keys = [config.relayerPrivateKey, config.ballotPrivateKey].flatMap((key) =>
    key ? [key, key.slice(2)] : [],
  );
  const urls = [config.databaseUrl, ...(config.rpcUrls ?? []), ...(config.rpcWsUrls ?? [])];
  const stores = (config.artifacts?.stores ?? []).flatMap((store) =>
    store.kind === 's3' ? [store.accessKeyId, store.secretAccessKey, store.sessionToken] : [],
  );
  const given = [...keys, ...stores, ...urls.flatMap(secretParts), config.telemetry?.metricsToken];
  return given.filter((value): value is string => value !== undefined);
}

/** Password, path and query of a URL: providers of chains put their keys into these. */
function secretParts(text: string | undefined): string[] {
  if (text === undefined || !URL.canParse(text)) return [];
  const url = new URL(text);
  const path = url.protocol.startsWith('postgres') ? [] : url.pathname.split('/');
  return [url.password, decoded(url.password), url.search.slice(1), ...url.searchParams.values(), ...path];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
