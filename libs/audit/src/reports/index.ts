export { csvOf, type Cell } from './csv.js';
export { fsmaCsv, type CriticalTrackingEvent, type FsmaRow } from './fsma-sheet.js';
export { FsmaReader, type FsmaRange } from './fsma.reader.js';
export { recallCsv, reportItem } from './recall-report.js';
