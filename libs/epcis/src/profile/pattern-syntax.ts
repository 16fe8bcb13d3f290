/** One step of a pattern: what it takes from the text, or how matching goes on. */
export type Step =
  | { op: 'sign'; fits: (sign: string) => boolean }
  | { op: 'split'; to: readonly [number, number] }
  | { op: 'jump'; to: number }
  | { op: 'start' }
  | { op: 'end' }
  | { op: 'done' };

/** Steps that repetition may unfold a pattern to. */
export const MAX_STEPS = 1_000;

/** Why a pattern cannot be used. */
export class PatternFault extends Error {}

type Piece =
  | { kind: 'sign'; fits: (sign: string) => boolean }
  | { kind: 'anchor'; op: 'start' | 'end' }
  | { kind: 'sequence'; pieces: Piece[] }
  | { kind: 'choice'; options: Piece[] }
  | { kind: 'repeat'; piece: Piece; min: number; max: number };

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/;
const GROUP = /^\((?:\?:|\?<[A-Za-z]\w*>)?/;
const ESCAPE = /^\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|c[A-Za-z]|[^bBk1-9])/u;
const CLASS = /^\[(?:[^\]\\]|\\.)*\]/u;

/**
 * The steps of a regular expression of ECMA-262 with the flag `u`, as JSON Schema uses it.
 *
 * @throws PatternFault for text that is no expression, for look-around and back references (no matcher can bound their
 * time), and for repetition beyond {@link MAX_STEPS}
 */
export function patternSteps(source: string): Step[] {
  try {
    void new RegExp(source, 'u');
  } catch (error) {
    throw new PatternFault(error instanceof Error ? error.message : 'not a regular expression');
  }
  const reader = new Reader(source);
  const piece = reader.choice();
  if (!reader.atEnd()) throw new PatternFault(`cannot be read from ${reader.rest().slice(0, 20)}`);
  const steps: Step[] = [];
  write(piece, steps);
  steps.push({ op: 'done' });
  return steps;
}

class Reader {
  private at = 0;
  private depth = 0;

  public constructor(private readonly source: string) {}

  public atEnd(): boolean {
    return this.at >= this.source.length;
  }

  public rest(): string {
    return this.source.slice(this.at);
  }

  public choice(): Piece {
    if (++this.depth > 50) throw new PatternFault('more than 50 groups within each other');
    const options = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at += 1;
      options.push(this.sequence());
    }
    this.depth -= 1;
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  }

  private sequence(): Piece {
    const pieces: Piece[] = [];
    while (!this.atEnd() && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      pieces.push(this.repeated(this.piece()));
    }
    return { kind: 'sequence', pieces };
  }

  private repeated(piece: Piece): Piece {
    const found = QUANTIFIER.exec(this.rest());
    if (!found) return piece;
    this.at += found[0].length;
    const [sign, least, open, most] = [found[0][0], found[1], found[2], found[3]];
    if (sign === '*') return { kind: 'repeat', piece, min: 0, max: Infinity };
    if (sign === '+') return { kind: 'repeat', piece, min: 1, max: Infinity };
    if (sign === '?') return { kind: 'repeat', piece, min: 0, max: 1 };
    const min = Number(least);
    return { kind: 'repeat', piece, min, max: open === undefined ? min : most ? Number(most) : Infinity };
  }

  private piece(): Piece {
    const sign = this.source[this.at];
    if (sign === '^' || sign === '$') {
      this.at += 1;
      return { kind: 'anchor', op: sign === '^' ? 'start' : 'end' };
    }
    if (sign === '(') return this.group();
    const found = this.sign();
    this.at += found.length;
    const atom = new RegExp(`^${found}$`, 'u');
    return { kind: 'sign', fits: remembered((text) => atom.test(text)) };
  }

  private group(): Piece {
    const opening = GROUP.exec(this.rest())![0];
    if (opening === '(' && this.source[this.at + 1] === '?') {
      throw new PatternFault(`look-around or flags at ${this.rest().slice(0, 20)}`);
    }
    this.at += opening.length;
    const inside = this.choice();
    this.at += 1;
    return inside;
  }

  /** A class, an escape or a sign, as it is spelled. */
  private sign(): string {
    const rest = this.rest();
    if (rest.startsWith('[')) return CLASS.exec(rest)![0];
    if (!rest.startsWith('\\')) return String.fromCodePoint(rest.codePointAt(0)!);
    const escape = ESCAPE.exec(rest);
    if (!escape) throw new PatternFault(`back reference or word boundary at ${rest.slice(0, 20)}`);
    return escape[0];
  }
}

/** Keeps the answers for ASCII. */
function remembered(fits: (sign: string) => boolean): (sign: string) => boolean {
  const ascii = Array.from({ length: 128 }, (_, code) => fits(String.fromCharCode(code)));
  return (sign) => ascii[sign.codePointAt(0)!] ?? fits(sign);
}

function write(piece: Piece, steps: Step[]): void {
  if (steps.length > MAX_STEPS)
    throw new PatternFault(`more than ${MAX_STEPS} steps when repetition is unfolded`);
  switch (piece.kind) {
    case 'sign':
      steps.push({ op: 'sign', fits: piece.fits });
      break;
    case 'anchor':
      steps.push({ op: piece.op });
      break;
    case 'sequence':
      for (const part of piece.pieces) write(part, steps);
      break;
    case 'choice':
      writeChoice(piece.options, steps);
      break;
    default:
      writeRepeat(piece.piece, piece.min, piece.max, steps);
  }
}

function writeChoice(options: readonly Piece[], steps: Step[]): void {
  const [first, ...others] = options;
  if (others.length === 0) return write(first!, steps);
  const split = steps.push({ op: 'done' }) - 1;
  write(first!, steps);
  const jump = steps.push({ op: 'done' }) - 1;
  steps[split] = { op: 'split', to: [split + 1, steps.length] };
  writeChoice(others, steps);
  steps[jump] = { op: 'jump', to: steps.length };
}

function writeRepeat(piece: Piece, min: number, max: number, steps: Step[]): void {
  for (let count = 0; count < min; count++) {
    const before = steps.length;
    write(piece, steps);
    if (steps.length === before) break;
  }
  if (max === Infinity) {
    const split = steps.push({ op: 'done' }) - 1;
    write(piece, steps);
    steps.push({ op: 'jump', to: split });
    steps[split] = { op: 'split', to: [split + 1, steps.length] };
    return;
  }
  const splits: number[] = [];
  for (let count = min; count < max; count++) {
    splits.push(steps.push({ op: 'done' }) - 1);
    write(piece, steps);
  }
  for (const split of splits) steps[split] = { op: 'split', to: [split + 1, steps.length] };
}
