import { AsyncLocalStorage } from 'node:async_hooks';
import { anonymous, type ApiRole, type Viewer } from './viewer.js';

/** In whose name the statements of a request, or of a piece of work, run. */
export interface Scope {
  readonly role: ApiRole;
  /** Asked before the first statement that is not the keeper's. */
  readonly viewer: () => Promise<Viewer>;
  /** What is being done, for the owner of rows that are read by a grant. */
  readonly operation: () => string;
}

const scopes = new AsyncLocalStorage<Scope>();

/** The scope that surrounds the caller. */
export function currentScope(): Scope | undefined {
  return scopes.getStore();
}

/**
 * Runs work for a viewer: on a connection that knows scopes ({@link scopedDataSource}) its statements see what the viewer may
 * see, and write nothing.
 *
 * @example await asViewer({ viewer: async () => anonymous, operation: () => 'query socket' }, () => readFeed(dataSource, question))
 */
export function asViewer<Result>(scope: Omit<Scope, 'role'>, work: () => Result): Result {
  return scopes.run({ ...scope, role: 'tallyhouse_reader' }, work);
}

/** Runs work that may also write rows of the surrounding viewer's partner. */
export function asWriter<Result>(work: () => Result): Result {
  return scopes.run({ ...surrounding(), role: 'tallyhouse_writer' }, work);
}

/** Runs work on keys and sessions, and on what trees and searches are made of; it sees nothing else. */
export function asKeeper<Result>(work: () => Result): Result {
  return scopes.run({ ...surrounding(), role: 'tallyhouse_keeper' }, work);
}

function surrounding(): Omit<Scope, 'role'> {
  return currentScope() ?? { viewer: () => Promise.resolve(anonymous), operation: () => 'none' };
}
