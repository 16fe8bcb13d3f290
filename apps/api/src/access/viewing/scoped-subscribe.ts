import { asViewer, type Scope } from '@tallyhouse/database';
import { subscribe, type ExecutionArgs, type ExecutionResult } from 'graphql';

type Results = AsyncGenerator<ExecutionResult, void, void>;

/** Subscribes for the viewer of a {@link Viewings.live} scope: who it is may change while a message is waited for. */
export async function scopedSubscribe(
  execution: ExecutionArgs,
  scope: Omit<Scope, 'role'>,
): Promise<Results | ExecutionResult> {
  const results = await asViewer(scope, () => subscribe(execution));
  return Symbol.asyncIterator in results ? scoped(results as Results, scope) : results;
}

function scoped(results: Results, scope: Omit<Scope, 'role'>): Results {
  return {
    next: () => asViewer(scope, () => results.next()),
    return: () => results.return(),
    throw: (error: unknown) => results.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => {
      await results.return();
    },
  };
}
