import type { Deployment } from '@tallyhouse/chain';
import { decodeEventLog, toEventSelector, type AbiEvent, type Hex } from 'viem';
import { StopError } from '../indexer.errors.js';
import type { RawLog } from '../rpc/raw-block.js';
import type { Signature } from '../verify/bloom.js';
import { address, text } from './cells.js';
import { deployedAt } from './deployed-at.js';
import type { Cell, EventWriter, FactTable, Protocol, TextBytes } from './protocol.js';

/** A row of a fact table, without its position. */
export interface Fact {
  readonly table: FactTable;
  readonly row: Readonly<Record<string, Cell>>;
}

/** Finds the writer of a log by contract and event, decodes the log and makes its row. */
export class FactDecoder {
  private readonly writers = new Map<string, { writer: EventWriter; wire: AbiEvent; wireTopic: Hex }>();
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
        this.writers.set(`${at}${topic}`, wireForm(each));
        signatures.push({ address: at, topic });
      }
    }
    this.addresses = [...addresses];
    this.signatures = signatures;
  }

  /** @returns undefined for an event that nobody keeps, such as a change of roles */
  public decode(log: RawLog): Fact | undefined {
    const known = this.writers.get(`${log.address}${log.topics[0]}`);
    if (!known) return undefined;
    const { writer, wire, wireTopic } = known;
    try {
      const { args } = decodeEventLog({
        abi: [wire],
        data: log.data,
        topics: [wireTopic, ...log.topics.slice(1)],
      });
      const bytes = args as unknown as Record<string, unknown>;
      return {
        table: writer.table,
        row: writer.row(readable(writer.event, bytes) as never, bytes as TextBytes),
      };
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

/** Texts are read as bytes, which have the same encoding: so nothing is lost or refused before we look at it. */
function wireForm(writer: EventWriter): { writer: EventWriter; wire: AbiEvent; wireTopic: Hex } {
  const inputs = writer.event.inputs.map((input) => ({
    ...input,
    type: input.type.replace(/^string/, 'bytes'),
  }));
  const wire = { ...writer.event, inputs };
  return { writer, wire, wireTopic: toEventSelector(wire) };
}

function readable(event: AbiEvent, bytes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const texts = event.inputs.map(({ name = '', type }) => {
    const value = bytes[name];
    if (type === 'string') return [name, text(value as Hex)];
    return [name, type === 'string[]' ? (value as Hex[]).map(text) : value];
  });
  return Object.fromEntries(texts) as Record<string, unknown>;
}
