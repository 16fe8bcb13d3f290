import { mix32 } from '../duplicates/hash.js';

/** Numbers from 0 (included) to 1 (excluded), the same for the same seed. */
export function seededUniform(seed: number): () => number {
  let state = mix32(seed ^ 0x9e3779b9);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mix32(state) / 4_294_967_296;
  };
}
