import { useQuery } from '@tanstack/react-query';
import { useNetwork } from '../../network/use-network.js';
import { CallSheet } from '../governance/call-sheet.js';
import type { Change } from './draft.js';

/** The call as it would be signed, read back from its bytes. */
export function PlannedCall({ change }: { change: Change }) {
  const call = useCall(change);
  return call.data ? <CallSheet title="The call that you sign" calls={[call.data]} /> : null;
}

export function useCall(change: Change | null) {
  const { data: network } = useNetwork();
  return useQuery({
    queryKey: ['planned-call', keyOf(change), network?.chainId],
    enabled: network !== undefined && change !== null,
    staleTime: Infinity,
    queryFn: async () => (await import('./encode-change.js')).callOf(change!, network!.contracts),
  });
}

/** A bigint has no JSON form, and a key is compared by its JSON. */
function keyOf(change: Change | null): string {
  if (change === null || change.kind === 'text') return change?.kind ?? '';
  return change.kind === 'version' ? change.version.id : `${change.parameter.key}=${change.value}`;
}
