/** One call, as JSON-RPC names it. */
export type Call = readonly [method: string, params: readonly unknown[]];

/** Makes calls in one request and gives their results in order; a node may carry them out at the same time. */
export async function send(rpcUrl: string, calls: readonly Call[]): Promise<unknown[]> {
  const body = JSON.stringify(calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params })));
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answers = (await response.json()) as { id: number; result?: unknown; error?: { message: string } }[];
  const results: unknown[] = [];
  for (const { id, result, error } of answers) {
    if (error) throw new Error(`${calls[id]?.[0]}: ${error.message}`);
    results[id] = result;
  }
  return results;
}
