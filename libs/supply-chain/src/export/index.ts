export { EventExportReader, type ExportChoice } from './event-export.reader.js';
export { ExportError, type ExportErrorCode } from './export.errors.js';
