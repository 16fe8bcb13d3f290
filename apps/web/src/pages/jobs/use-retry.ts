import { useMutation, useQueryClient } from '@tanstack/react-query';
import { read } from '../../network/graphql-client.js';

/** Asks for something again, and reads the page anew once it is taken. */
export function useRetry(mutation: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (variables: Record<string, unknown>) => read<unknown>(mutation, variables),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
