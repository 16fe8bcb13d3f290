import type { PanelSeries } from '../series/panel.repository.js';
import { joined, pack, takingFrom, unpack } from './packed.js';

type Head = readonly (Omit<PanelSeries, 'values'> & { readonly length: number })[];

/** The histories of a shard as bytes. */
export const packHistory = (series: readonly PanelSeries[]): Uint8Array =>
  pack<Head>(
    series.map(({ values, ...named }) => ({ ...named, length: values.length })),
    joined(series.map(({ values }) => values)),
  );

/** The histories that {@link packHistory} packed. */
export function unpackHistory(bytes: Uint8Array): PanelSeries[] {
  const { head, numbers } = unpack<Head>(bytes);
  const take = takingFrom(numbers);
  return head.map(({ length, ...named }) => ({ ...named, values: take(length) }));
}
