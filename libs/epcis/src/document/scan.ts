/** What JSON text may have at most. */
export type ScanBounds = { maxDepth: number; maxTextLength: number };

/** A fault in the text of a JSON document that a parser would hide. */
export type ScanFault = {
  rule: 'depth' | 'duplicate-key' | 'forbidden-key' | 'text-length';
  pointer: string;
  found: string;
};

type Frame = { keys: Set<string> | undefined; step: string; index: number };

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Looks through JSON text once, in linear time, for nesting too deep, texts too long, a key that stands twice in one
 * object, and keys that JavaScript gives a meaning to. Says nothing of other syntax errors: the parser does.
 */
export function scanJson(text: string, bounds: ScanBounds): ScanFault | undefined {
  const frames: Frame[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    const frame = frames.at(-1);
    if (sign === QUOTE) {
      const end = endOfString(text, at);
      if (end - at - 2 > bounds.maxTextLength) {
        return { rule: 'text-length', pointer: pointerOf(frames), found: `${end - at - 2} signs` };
      }
      if (frame?.keys && isKey(text, end)) {
        const fault = enterKey(frames, frame, frame.keys, text.slice(at, end));
        if (fault) return fault;
      }
      at = end - 1;
    } else if (sign === OPEN_OBJECT || sign === OPEN_ARRAY) {
      if (frames.length >= bounds.maxDepth)
        return { rule: 'depth', pointer: pointerOf(frames), found: `more than ${bounds.maxDepth} levels` };
      frames.push({ keys: sign === OPEN_OBJECT ? new Set() : undefined, step: '', index: 0 });
    } else if (sign === CLOSE_OBJECT || sign === CLOSE_ARRAY) {
      frames.pop();
    } else if (sign === COMMA && frame) {
      frame.index += 1;
    }
  }
  return undefined;
}

function enterKey(
  frames: readonly Frame[],
  frame: Frame,
  keys: Set<string>,
  quoted: string,
): ScanFault | undefined {
  const key = unquote(quoted);
  frame.step = key;
  const rule = FORBIDDEN_KEYS.has(key) ? 'forbidden-key' : keys.has(key) ? 'duplicate-key' : undefined;
  keys.add(key);
  return rule && { rule, pointer: pointerOf(frames), found: key };
}

/** Position behind the closing quote. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 32) at++;
  return text.charCodeAt(at) === COLON;
}

/** Malformed escapes stay as they are; the parser refuses the document afterwards. */
function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

function pointerOf(frames: readonly Frame[]): string {
  return frames.map((frame) => `/${frame.keys ? escapePointer(frame.step) : frame.index}`).join('');
}

/** A key as one step of a JSON Pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
