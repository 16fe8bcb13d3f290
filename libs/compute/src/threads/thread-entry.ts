/** From source (unit tests, benches) Node strips the types itself; this maps our `.js` imports to the `.ts` beside them. */
const sourceHooks = `import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) {
  try { return next(name, context); } catch (error) {
    if (!name.startsWith('.') || !name.endsWith('.js')) throw error;
    return next(name.slice(0, -3) + '.ts', context);
  }
} });`;

/** What a thread or a child process is started with. */
export interface ThreadEntry {
  readonly url: URL;
  readonly execArgv: string[];
}

/**
 * The file that a thread runs, built or from source as the file that asks is. From source it must
 * import by relative paths only, and use no syntax that is more than types.
 *
 * @param beside `import.meta.url` of the file that asks
 * @param name of the file beside it, without ending
 * @example threadEntry(import.meta.url, 'engine-host').url // …/engine-host.js
 */
export function threadEntry(beside: string, name: string): ThreadEntry {
  const fromSource = beside.endsWith('.ts');
  return {
    url: new URL(`./${name}.${fromSource ? 'ts' : 'js'}`, beside),
    execArgv: fromSource ? ['--import', `data:text/javascript,${encodeURIComponent(sourceHooks)}`] : [],
  };
}
