export { joinedContext, type JoinedContext } from './joined-context.js';
export { EventExportReader, type ExportChoice } from './event-export.reader.js';
export { ExportError, type ExportErrorCode } from './export.errors.js';
