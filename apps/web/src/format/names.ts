/** A hash or address cut in the middle for reading; the whole stays in the title and on the clipboard. */
export function shortHex(hex: string, lead = 6, tail = 4): string {
  const digest = /^ni:\/\/\/sha-256;([0-9a-f]+)/i.exec(hex)?.[1];
  if (digest) return `ni:${digest.slice(0, lead)}…${digest.slice(-tail)}`;
  return hex.length <= lead + tail + 4 ? hex : `${hex.slice(0, lead + 2)}…${hex.slice(-tail)}`;
}

/** A decimal proposal id has some 77 digits; its head and tail tell proposals apart. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`;
}

/** `shipping` from `https://ref.gs1.org/cbv/BizStep-shipping`, `urn:epcglobal:cbv:bizstep:shipping` or the bare word. */
export function vocabularyWord(uri: string): string {
  const tail = uri.slice(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':')) + 1);
  const word = tail.includes('-') && uri.includes('ref.gs1.org') ? tail.slice(tail.indexOf('-') + 1) : tail;
  return word.replaceAll('_', ' ');
}

/** The identifier without the resolver in front: `/01/09521321000010/21/8` of a Digital Link URI. */
export function identifierPath(uri: string): string {
  const match = /^https?:\/\/[^/]+(\/.+)$/.exec(uri);
  return match?.[1] ?? uri;
}

/** The page of an item, lot, container or place. */
export function itemPath(uri: string): string {
  return `/items/${encodeURIComponent(uri)}`;
}

/** The report of an item, lot or container. */
export function reportPath(uri: string): string {
  return `${itemPath(uri)}/report`;
}

/** `lead-time` → `Lead time`. */
export function familyTitle(name: string): string {
  const words = name.replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `ACTIVE` → `Active`, `ROLLED_BACK` → `Rolled back`. */
export function stateWord(state: string): string {
  const words = state.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The first line of a proposal's text without leading `#` signs, for titles only. */
export function proposalTitle(title: string | null, description: string): string {
  const line =
    title?.trim() ||
    description
      .split('\n', 1)[0]
      ?.replace(/^#+\s*/, '')
      .trim();
  return line ? line : 'Untitled proposal';
}

/** `TallyGovernor` → `the governor`: our contracts as the pages speak of them. */
export function contractName(name: string): string {
  const known: Record<string, string> = {
    TallyGovernor: 'the governor',
    TimelockController: 'the timelock',
    ModelRegistry: 'the model registry',
    PartnerRegistry: 'the partner registry',
    TallyToken: 'the token',
  };
  return known[name] ?? name;
}

/** So many zero bytes, for an address or hash that is not known yet. */
export function zeroHex(bytes: number): `0x${string}` {
  return `0x${'00'.repeat(bytes)}`;
}
