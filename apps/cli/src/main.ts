import 'reflect-metadata';
import { Command } from 'commander';
import { addAuditCommands } from './audit/audit.commands.js';
import { explain } from './cli.errors.js';
import { addAnomalyCommands } from './anomaly/anomaly.commands.js';
import { addCustodyCommands } from './custody/custody.commands.js';
import { addArtifactsCommands } from './artifacts/artifacts.commands.js';
import { addAnchorCommands } from './anchor/anchor.commands.js';
import { addBackupCommands } from './backup/backup.commands.js';
import { addDeployCommand } from './deploy/deploy.command.js';
import { addDoctorCommand } from './doctor/doctor.command.js';
import { addEpcisCommands } from './epcis/epcis.commands.js';
import { addForecastCommands } from './forecast/forecast.commands.js';
import { addGovernanceCommands } from './governance/governance.commands.js';
import { addImportCommands } from './import/import.commands.js';
import { addMigrateCommand } from './migrate/migrate.command.js';
import { addModelCommands } from './model/model.commands.js';
import { addProductCommands } from './product/measure.commands.js';
import { addRecallCommands } from './recall/recall.commands.js';
import { addReindexCommands } from './reindex/reindex.commands.js';
import { addNlpCommands } from './nlp/nlp.commands.js';
import { addPartnerCommands } from './partner/partner.commands.js';
import { addTestCommand } from './test/test.command.js';
import { addTraceCommand } from './trace/trace.command.js';
import { addUpCommand } from './up/up.command.js';
import { addVerifyCommands } from './verify/verify.commands.js';
import { addWebhookCommands } from './webhook/webhook.commands.js';

const program = new Command('tallyhouse')
  .description(
    'Keeps count of cargo and of votes: what moved, what will move, and who decided which model may say so.',
  )
  .showHelpAfterError('(add --help for what is possible)');

addUpCommand(program);
addTestCommand(program);
addDoctorCommand(program);
addImportCommands(program);
addAnomalyCommands(program);
addAuditCommands(program);
addEpcisCommands(program);
addModelCommands(program);
addForecastCommands(program);
addGovernanceCommands(program);
addDeployCommand(program);
addPartnerCommands(program);
addTraceCommand(program);
addCustodyCommands(program);
addRecallCommands(program);
addWebhookCommands(program);
addProductCommands(program);
addAnchorCommands(program);
addArtifactsCommands(program);
addMigrateCommand(program);
addBackupCommands(program);
addVerifyCommands(program);
addReindexCommands(program);
addNlpCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
