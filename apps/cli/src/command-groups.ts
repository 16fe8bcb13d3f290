import type { Command } from 'commander';

/** Commands that come out of one module. */
export interface CommandGroup {
  /** Names of the commands that it adds. */
  readonly names: readonly string[];
  add(program: Command): Promise<void>;
}

/** All commands, in the order in which they are listed. Modules are read when they are asked for: most take a second or two. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  group(['up'], async () => (await import('./up/up.command.js')).addUpCommand),
  group(['test', 'check'], async () => (await import('./test/test.command.js')).addTestCommand),
  group(['doctor'], async () => (await import('./doctor/doctor.command.js')).addDoctorCommand),
  group(['import'], async () => (await import('./import/import.commands.js')).addImportCommands),
  group(['anomaly'], async () => (await import('./anomaly/anomaly.commands.js')).addAnomalyCommands),
  group(['audit'], async () => (await import('./audit/audit.commands.js')).addAuditCommands),
  group(['epcis'], async () => (await import('./epcis/epcis.commands.js')).addEpcisCommands),
  group(['model'], async () => (await import('./model/model.commands.js')).addModelCommands),
  group(['forecast'], async () => (await import('./forecast/forecast.commands.js')).addForecastCommands),
  group(
    ['proposals', 'vote', 'queue', 'execute', 'rollback'],
    async () => (await import('./governance/governance.commands.js')).addGovernanceCommands,
  ),
  group(['deploy'], async () => (await import('./deploy/deploy.command.js')).addDeployCommand),
  group(['partner'], async () => (await import('./partner/partner.commands.js')).addPartnerCommands),
  group(['trace'], async () => (await import('./trace/trace.command.js')).addTraceCommand),
  group(['custody'], async () => (await import('./custody/custody.commands.js')).addCustodyCommands),
  group(['recall'], async () => (await import('./recall/recall.commands.js')).addRecallCommands),
  group(['webhook'], async () => (await import('./webhook/webhook.commands.js')).addWebhookCommands),
  group(['product'], async () => (await import('./product/measure.commands.js')).addProductCommands),
  group(['anchor'], async () => (await import('./anchor/anchor.commands.js')).addAnchorCommands),
  group(['artifacts'], async () => (await import('./artifacts/artifacts.commands.js')).addArtifactsCommands),
  group(['migrate'], async () => (await import('./migrate/migrate.command.js')).addMigrateCommand),
  group(
    ['backup', 'restore', 'digest'],
    async () => (await import('./backup/backup.commands.js')).addBackupCommands,
  ),
  group(['proof'], async () => (await import('./proof/proof.command.js')).addProofCommand),
  group(['verify'], async () => (await import('./verify/verify.command.js')).addVerifyCommand),
  group(['reindex'], async () => (await import('./reindex/reindex.commands.js')).addReindexCommands),
  group(['nlp'], async () => (await import('./nlp/nlp.commands.js')).addNlpCommands),
];

/** The group of a command; all of them for a name that is none, so that help and suggestions know everything. */
export function groupsFor(name: string | undefined): readonly CommandGroup[] {
  const found = COMMAND_GROUPS.filter(({ names }) => name !== undefined && names.includes(name));
  return found.length > 0 ? found : COMMAND_GROUPS;
}

function group(names: readonly string[], read: () => Promise<(program: Command) => unknown>): CommandGroup {
  return {
    names,
    async add(program) {
      (await read())(program);
    },
  };
}
