import type { Deployment } from '@tallyhouse/chain';
import { toEventSelector, type Hex } from 'viem';
import { StopError } from '../indexer.errors.js';
import type { RawLog } from '../rpc/raw-block.js';
import type { Signature } from '../verify/bloom.js';
import { address, text } from './cells.js';
import { deployedAt } from './deployed-at.js';
import { eventReader, type EventReader } from './event-reader.js';
import type { Cell, EventWriter, FactTable, Protocol, TextBytes } from './protocol.js';

/** A row of a fact table, without its position. */
export interface Fact {
  readonly table: FactTable;
  readonly row: Readonly<Record<string, Cell>>;
}

/** Finds the writer of a log by contract and event, decodes the log and makes its row. */
export class FactDecoder {
  private readonly writers = new Map<string, KnownEvent>();
  /** Lower case, the contracts whose logs are wanted. */
  public readonly addresses: readonly Hex[];
  /** Every event that becomes a row. */
  public readonly signatures: readonly Signature[];

  public constructor(protocols: readonly Protocol[], deployment: Deployment) {
    const addresses = new Set<Hex>();
    const signatures: Signature[] = [];
    for (const { contract, writers } of protocols) {
      const at = address(deployedAt(deployment, contract).address) as Hex;
      addresses.add(at);
      for (const each of writers) {
        const topic = toEventSelector(each.event);
        this.writers.set(`${at}${topic}`, known(each));
        signatures.push({ address: at, topic });
      }
    }
    this.addresses = [...addresses];
    this.signatures = signatures;
  }

  /** @returns undefined for an event that nobody keeps, such as a change of roles */
  public decode(log: RawLog): Fact | undefined {
    const event = this.writers.get(`${log.address}${log.topics[0]}`);
    if (!event) return undefined;
    const { writer, read, texts } = event;
    try {
      const bytes = read(log.topics, log.data);
      const args = texts.length === 0 ? bytes : readable(texts, bytes);
      return { table: writer.table, row: writer.row(args as never, bytes as TextBytes) };
    } catch (cause) {
      throw new StopError(
        'LOG_UNREADABLE',
        `${writer.event.name} at block ${log.blockNumber}, log ${log.logIndex} does not fit its interface`,
        'is the deployment file of this version of the contracts?',
        { cause },
      );
    }
  }
}

/** An event that becomes a row; `texts` are the names of its arguments that are text, as lists or not. */
interface KnownEvent {
  readonly writer: EventWriter;
  readonly read: EventReader;
  readonly texts: readonly string[];
}

function known(writer: EventWriter): KnownEvent {
  const { event } = writer;
  const texts = event.inputs.filter(({ type }) => type.startsWith('string')).map(({ name = '' }) => name);
  return { writer, read: eventReader(event), texts };
}

/** Texts are read as bytes: so nothing is lost or refused before we look at it. */
function readable(
  texts: readonly string[],
  bytes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const args = { ...bytes };
  for (const name of texts) {
    const value = bytes[name] as Hex | readonly Hex[];
    args[name] = typeof value === 'string' ? text(value) : value.map(text);
  }
  return args;
}
