import { useQuery } from '@tanstack/react-query';
import { readNetwork } from './network-file.js';

/** The chain and its contracts, read once for all pages; it changes only with a new deployment. */
export function useNetwork() {
  return useQuery({ queryKey: ['network'], queryFn: readNetwork, staleTime: Infinity });
}
