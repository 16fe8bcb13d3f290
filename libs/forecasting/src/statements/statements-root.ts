import { canonicalJson, merkleTree, sha256Hex, type Hex } from '@tallyhouse/proofs';
import type { CovariateStatement } from './statement.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The Merkle root over statements in the order in which they were recorded, a leaf being the SHA-256 of all that one says. */
export const statementsRoot = (statements: readonly CovariateStatement[]): Hex =>
  merkleTree(
    statements.map(({ seq, partner, name, product, site, firstDay, lastDay, value, saidBy, saidAt }) =>
      sha256Hex(
        bytesOf(
          canonicalJson({
            ...{ seq, partner, name, product, site, firstDay, lastDay, value, saidBy },
            saidAt: saidAt.toISOString(),
          }),
        ),
      ),
    ),
  ).root;

/**
 * The data root of a training that read covariates: the root over what was anchored, as without them, and then the statements.
 *
 * @param anchored roots on chain, in its order
 */
export const rootWithStatements = (
  anchored: readonly Hex[],
  statements: readonly CovariateStatement[],
): Hex =>
  statements.length === 0
    ? merkleTree(anchored).root
    : merkleTree([...anchored, statementsRoot(statements)]).root;
