import type { CopyCell } from '@tallyhouse/database';
import {
  type Abi,
  type AbiEvent,
  type ContractEventName,
  type DecodeEventLogReturnType,
  type Hex,
} from 'viem';

/** What one column of a fact may hold on its way to Postgres. */
export type Cell = CopyCell;

/** A table of facts: its own columns with their Postgres types; position, hashes and time come before them. */
export interface FactTable<Column extends string = string> {
  readonly name: string;
  readonly columns: Readonly<Record<Column, string>>;
}

/** The bytes of each text of an event, as the chain holds them. */
export type TextBytes = Readonly<Record<string, Hex>>;

/** Turns one kind of event into a row of one table. */
export interface EventWriter {
  readonly event: AbiEvent;
  readonly table: FactTable;
  row(args: never, bytes: TextBytes): Readonly<Record<string, Cell>>;
}

/** A contract that is indexed: what it emits and where that goes. */
export interface Protocol {
  readonly name: string;
  /** Its name in the deployment file. */
  readonly contract: string;
  readonly writers: readonly EventWriter[];
}

/** A table of facts, its columns checked where rows are made. */
export function factTable<Column extends string>(
  name: string,
  columns: Readonly<Record<Column, string>>,
): FactTable<Column> {
  return { name, columns };
}

/** A writer whose arguments are those of the event and whose row has the columns of the table. */
export function writer<const TAbi extends Abi, Name extends ContractEventName<TAbi>, Column extends string>(
  abi: TAbi,
  eventName: Name,
  table: FactTable<Column>,
  row: (
    args: DecodeEventLogReturnType<TAbi, Name>['args'],
    bytes: TextBytes,
  ) => Readonly<Record<NoInfer<Column>, Cell>>,
): EventWriter {
  const event = abi.find((item): item is AbiEvent => item.type === 'event' && item.name === eventName);
  if (!event) throw new TypeError(`the interface has no event ${eventName}`);
  return { event, table, row: row as EventWriter['row'] };
}
