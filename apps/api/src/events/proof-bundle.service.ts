import { Inject, Injectable } from '@nestjs/common';
import { makePublicClient, type Deployment } from '@tallyhouse/chain';
import { CONFIG, type Config } from '@tallyhouse/config';
import { assembleTextBundle } from '@tallyhouse/nlp';
import type { Hex, ProofBundle, TextBundle } from '@tallyhouse/proofs';
import { assembleBundle, assembleBundles, BundleError, type RpcCall } from '@tallyhouse/supply-chain';
import { DataSource } from 'typeorm';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';

/** Makes proof bundles of stored events and texts with the help of a node. */
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
    return orAbsent(assembleBundle({ dataSource, rpc, registry, eventId, disclose }));
  }

  /** The bundle of a text; null when the text is unknown or not on chain yet. */
  public async ofText(textId: string): Promise<TextBundle | null> {
    const { dataSource, rpc, registry } = this;
    return orAbsent(assembleTextBundle({ dataSource, rpc, registry, textId }));
  }

  /** The bundles of several events; those that are not on chain have none. */
  public ofEvents(eventIds: readonly string[]): Promise<ProofBundle[]> {
    const { dataSource, rpc, registry } = this;
    return assembleBundles({ dataSource, rpc, registry }, eventIds);
  }
}

const ABSENT: readonly string[] = ['EVENT_UNKNOWN', 'TEXT_UNKNOWN', 'NOT_ANCHORED'];

async function orAbsent<Bundle>(made: Promise<Bundle>): Promise<Bundle | null> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof BundleError && ABSENT.includes(error.code)) return null;
    throw error;
  }
}
