/**
 * The part of an identifier that neighbours share: serials and logistic units without their last two digits. What is made
 * and packed together then mostly lies in one partition, and few events are needed in several.
 */
function neighbourhoodOf(uri: string): string {
  const unit = uri.lastIndexOf('/00/');
  if (unit !== -1) return uri.slice(0, -3);
  return uri.includes('/21/') ? uri.slice(0, -2) : uri;
}

/**
 * Which of some partitions an identifier belongs to: FNV-1a (Fowler, Noll, Vo) of its neighbourhood.
 *
 * @example partitionOf('https://id.gs1.org/00/095211410000000014', 1) // 0
 */
export function partitionOf(uri: string, partitions: number): number {
  const text = neighbourhoodOf(uri);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % partitions;
}
