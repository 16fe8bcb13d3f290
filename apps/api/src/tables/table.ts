/** How the values of a column are written; each may be null. */
interface Kinds {
  readonly text: string;
  readonly time: Date;
  readonly integer: number;
  readonly number: number;
  readonly flag: boolean;
}

type ColumnOf<Kind extends keyof Kinds> = {
  readonly name: string;
  readonly kind: Kind;
  readonly values: readonly (Kinds[Kind] | null)[];
};

/** One column of a file that analysts read. */
export type Column = { [Kind in keyof Kinds]: ColumnOf<Kind> }[keyof Kinds];

/** What is written to a file, column by column, all of one length. */
export type Table = readonly Column[];
