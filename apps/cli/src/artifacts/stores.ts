import { resolve } from 'node:path';
import { artifactsConfig } from '@tallyhouse/config';
import { openStores, type NamedStore } from '@tallyhouse/model-registry';
import { CliError } from '../cli.errors.js';

/** Every store that the environment names; the folder is that of the state directory. */
export function configuredStores(
  stateDir: string,
  environment: NodeJS.ProcessEnv = process.env,
): NamedStore[] {
  const folder = resolve(environment['TALLYHOUSE_STATE_DIR'] ?? stateDir, 'artifacts');
  return openStores(artifactsConfig(environment), folder);
}

/** @throws CliError when no store, or more than one, is called so */
export function storeCalled(stores: readonly NamedStore[], name: string): NamedStore {
  const wanted = name.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const [found, ...others] = stores.filter((each) => each.name === wanted);
  if (found && others.length === 0) return found;
  const names = stores.map((each) => each.name).join(', ');
  throw new CliError(`no store is called ${name}`, `ARTIFACT_STORES names ${names}`);
}
