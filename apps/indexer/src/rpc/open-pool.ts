import { Endpoint } from './endpoint.js';
import { EndpointPool } from './endpoint-pool.js';
import { JsonRpc } from './json-rpc.js';

/**
 * The endpoints of a chain, named by their hosts, since a whole URL may carry a key.
 *
 * @param checksHashes whether the hash of every header is computed anew
 */
export function openPool(
  urls: readonly string[],
  checksHashes: boolean,
  nowMs: () => number = () => performance.now(),
): EndpointPool {
  const hosts = urls.map((url) => new URL(url).host);
  const endpoints = urls.map((url, index) => {
    const host = hosts[index] ?? '';
    const name = hosts.indexOf(host) === hosts.lastIndexOf(host) ? host : `${host} (${index + 1})`;
    return new Endpoint(name, new JsonRpc(url), nowMs, checksHashes);
  });
  return new EndpointPool(endpoints, nowMs);
}
