/** The discrete Fourier transform in place (Cooley and Tukey 1965); the length is a power of two. */
export function fourier(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let at = 1, mirror = 0; at < size; at += 1) {
    let bit = size >> 1;
    for (; mirror & bit; bit >>= 1) mirror ^= bit;
    mirror ^= bit;
    if (at < mirror) {
      [real[at], real[mirror]] = [real[mirror]!, real[at]!];
      [imaginary[at], imaginary[mirror]] = [imaginary[mirror]!, imaginary[at]!];
    }
  }
  for (let span = 2; span <= size; span <<= 1) butterflies(real, imaginary, span);
}

function butterflies(real: Float64Array, imaginary: Float64Array, span: number): void {
  const half = span >> 1;
  for (let k = 0; k < half; k += 1) {
    const angle = (-2 * Math.PI * k) / span;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let at = k; at < real.length; at += span) {
      const other = at + half;
      const re = real[other]! * cos - imaginary[other]! * sin;
      const im = real[other]! * sin + imaginary[other]! * cos;
      real[other] = real[at]! - re;
      imaginary[other] = imaginary[at]! - im;
      real[at]! += re;
      imaginary[at]! += im;
    }
  }
}
