export { csvOf, type Cell } from './csv.js';
export { fsmaCsv, type CriticalTrackingEvent, type FsmaRow } from './fsma-sheet.js';
export { findingsCsv } from './findings-report.js';
export { FsmaReader, type FsmaRange } from './fsma.reader.js';
export { recallCsv, reportItem } from './recall-report.js';
export { ITEM_REPORT_FORMAT, type ItemReport } from './item/item-report.js';
export { ItemReportReader } from './item/item-report.reader.js';
export { reportPage } from './item/report-page.js';
