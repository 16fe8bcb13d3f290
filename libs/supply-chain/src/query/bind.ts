/** Adds a value to a statement and gives the parameter that stands for it. */
export type Bind = (value: unknown) => string;
