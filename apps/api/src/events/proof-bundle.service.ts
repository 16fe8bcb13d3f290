import { Inject, Injectable } from '@nestjs/common';
import { makePublicClient, type Deployment } from '@tallyhouse/chain';
import { CONFIG, type Config } from '@tallyhouse/config';
import type { Hex, ProofBundle } from '@tallyhouse/proofs';
import { assembleBundle, assembleBundles, BundleError, type RpcCall } from '@tallyhouse/supply-chain';
import { DataSource } from 'typeorm';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';

/** Makes proof bundles of stored events with the help of a node. */
@Injectable()
export class ProofBundles {
  private readonly rpc: RpcCall;
  private readonly registry: Hex;

  public constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) config: Config,
    @Inject(DEPLOYMENT) deployment: Deployment,
  ) {
    const client = makePublicClient(config.rpcUrls);
    this.rpc = (method, params) => client.request({ method, params } as never);
    this.registry = deployment.contracts.PartnerRegistry.address.toLowerCase() as Hex;
  }

  /** The bundle of an event; null when the event is unknown or not on chain yet. */
  public async of(eventId: string, disclose: readonly string[] | undefined): Promise<ProofBundle | null> {
    const { dataSource, rpc, registry } = this;
    try {
      return await assembleBundle({ dataSource, rpc, registry, eventId, disclose });
    } catch (error) {
      const isAbsent =
        error instanceof BundleError && (error.code === 'EVENT_UNKNOWN' || error.code === 'NOT_ANCHORED');
      if (isAbsent) return null;
      throw error;
    }
  }

  /** The bundles of several events; those that are not on chain have none. */
  public ofEvents(eventIds: readonly string[]): Promise<ProofBundle[]> {
    const { dataSource, rpc, registry } = this;
    return assembleBundles({ dataSource, rpc, registry }, eventIds);
  }
}
