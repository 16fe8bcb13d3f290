const HIGH_CODE_UNIT = /[\ud800-\uffff]/;

/** Sorts in place by the bytes of the UTF-8 form, which differs from JavaScript's order only above U+D7FF. */
export function sortBytewise(texts: string[]): string[] {
  if (texts.length < 2) return texts;
  return texts.some((text) => HIGH_CODE_UNIT.test(text)) ? texts.sort(compareCodePoints) : texts.sort();
}

function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for code points above U+FFFF, behind the rest of the plane. */
function rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit < 0xe000 ? codeUnit + 0x2000 : codeUnit - 0x800;
}
