/** A request and the true answer to it. */
export interface Exchange {
  readonly body: string;
  readonly honest: string;
  readonly random: () => number;
  /** Asks the true node something else. */
  readonly ask: (method: string, params: readonly unknown[]) => Promise<unknown>;
}

/** What is said instead; nothing at all; or undefined where the fault has nothing to spoil. */
export type Spoilt =
  | { readonly text: string; readonly status?: number; readonly headers?: Record<string, string> }
  | 'SILENCE'
  | 'HANG_UP';

export type Fault = (exchange: Exchange) => Spoilt | undefined | Promise<Spoilt | undefined>;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}
interface Log {
  readonly data: string;
  readonly topics: readonly string[];
  readonly logIndex: string;
}
type Answer = { result?: unknown } & Record<string, unknown>;

/** Applies a change to each answer to a method; undefined when nothing was changed. */
function each(
  { body, honest }: Exchange,
  change: (call: Call, result: unknown) => unknown,
): { text: string } | undefined {
  const calls = JSON.parse(body) as Call | Call[];
  const answers = JSON.parse(honest) as Answer | Answer[];
  let changed = false;
  const spoil = (call: Call, answer: Answer): Answer => {
    const result = change(call, answer.result);
    if (result === undefined) return answer;
    changed = true;
    return { ...answer, result };
  };
  const spoilt = Array.isArray(calls)
    ? calls.map((call, index) => spoil(call, (answers as Answer[])[index]!))
    : spoil(calls, answers as Answer);
  return changed ? { text: JSON.stringify(spoilt) } : undefined;
}

const ofLogs =
  (change: (logs: readonly Log[], random: () => number) => readonly Log[]): Fault =>
  (exchange) =>
    each(exchange, ({ method }, result) => {
      if (method !== 'eth_getLogs' || !Array.isArray(result) || result.length === 0) return undefined;
      return change(result as Log[], exchange.random);
    });

const ofBlocks =
  (change: (block: Record<string, unknown>, random: () => number) => object): Fault =>
  (exchange) =>
    each(exchange, ({ method }, result) => {
      if (method !== 'eth_getBlockByNumber' || !result) return undefined;
      return change(result as Record<string, unknown>, exchange.random);
    });

const pick = (length: number, random: () => number): number => Math.floor(random() * length);

/** Another last hexadecimal digit. */
const altered = (hex: string): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

/** Each kind of fault by its name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'drops a log': ofLogs((logs, random) => logs.toSpliced(pick(logs.length, random), 1)),
  'drops every log': ofLogs(() => []),
  'alters a log': ofLogs((logs, random) => {
    const at = pick(logs.length, random);
    const log = logs[at]!;
    return logs.with(at, { ...log, data: altered(log.data) });
  }),
  'invents a log': ofLogs((logs, random) => {
    const log = logs[pick(logs.length, random)]!;
    return [...logs, { ...log, logIndex: `0x${(logs.length + 9).toString(16)}` }];
  }),
  'gives another block': ofBlocks((block) => ({ ...block, hash: altered(String(block['hash'])) })),
  'alters a header': ofBlocks((block) => ({ ...block, timestamp: altered(String(block['timestamp'])) })),
  'does not answer': () => 'SILENCE',
  'hangs up': () => 'HANG_UP',
  'limits the rate (429, Retry-After)': () => ({ text: '', status: 429, headers: { 'retry-after': '1' } }),
  'breaks off its JSON': ({ honest, random }) => ({ text: honest.slice(0, pick(honest.length, random)) }),
  'answers with other types': (exchange) =>
    each(exchange, ({ method }) => (method === 'eth_chainId' ? undefined : { nothing: [1, null] })),
  'is behind the head': async (exchange) => {
    const head = Number(await exchange.ask('eth_blockNumber', []));
    const old = await exchange.ask('eth_getBlockByNumber', [
      `0x${Math.max(0, head - 3).toString(16)}`,
      false,
    ]);
    return each(exchange, ({ method, params }) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest' ? old : undefined,
    );
  },
};
