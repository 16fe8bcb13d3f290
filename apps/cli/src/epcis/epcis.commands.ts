import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import {
  defaultBounds,
  faultLine,
  hashLines,
  readProfile,
  validationLines,
  type Lines,
  type PartnerProfile,
} from '@tallyhouse/epcis';
import { CliError } from '../cli.errors.js';

/** A file on the own disk may be longer than a document that a stranger sends. */
const BOUNDS = { ...defaultBounds, maxBytes: 256 * 1024 * 1024, maxEvents: 1_000_000 };

/** `tallyhouse epcis hash|validate` */
export function addEpcisCommands(program: Command): void {
  const epcis = program.command('epcis').description('EPCIS 2.0 documents on their own, without a server');
  epcis
    .command('hash <file>')
    .description('print the Event Hash ID (CBV 2.0) of each event, in order; JSON or XML')
    .option(
      '--ignore <field...>',
      'fields to leave out, as they are spelled; what a document asks for is never honoured',
    )
    .action((file: string, { ignore }: { ignore?: readonly string[] }) =>
      print(file, (bytes) =>
        hashLines(bytes, { bounds: BOUNDS, ...(ignore ? { ignoreFields: ignore } : {}) }),
      ),
    );
  epcis
    .command('validate <file>')
    .description('exit 0 for a valid document; else one line an error, with its JSON pointer, and exit 1')
    .option('--profile <file...>', 'JSON Schemas that the events must meet besides')
    .action(async (file: string, { profile = [] }: { profile?: readonly string[] }) => {
      const profiles = await Promise.all(profile.map(profileIn));
      return print(file, (bytes) => validationLines(bytes, { now: new Date(), profiles, bounds: BOUNDS }));
    });
}

async function profileIn(file: string): Promise<PartnerProfile> {
  const bytes = await readFile(file).catch(() => {
    throw new CliError(`${file} cannot be read`, 'give the path of a JSON Schema');
  });
  const read = readProfile(bytes);
  if (!read.ok) throw new CliError(`${file} is no profile`, read.faults.map(faultLine).join('\n  '));
  return { name: basename(file, '.json'), version: 1, bizSteps: [], profile: read.profile };
}

async function print(file: string, linesOf: (bytes: Uint8Array) => Lines): Promise<void> {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
  if (size === undefined) {
    throw new CliError(`${file} cannot be read`, 'give the path of an EPCIS document in JSON or XML');
  }
  if (size > BOUNDS.maxBytes) {
    const advice = 'cut it into several documents; capture by REST takes a longer one as it arrives';
    throw new CliError(
      `${file} has ${size} bytes, more than the ${BOUNDS.maxBytes} that are read at once`,
      advice,
    );
  }
  const bytes = await readFile(file);
  const { ok, lines } = linesOf(bytes);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!ok) process.exitCode = 1;
}
