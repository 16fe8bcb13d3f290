/** A candidate that could not forecast: it refused, was stopped, or its process ended. The message says which. */
export class ApartError extends Error {
  public override readonly name = 'ApartError';
}
