export { decodeCursor, encodeCursor, type CursorParts } from './cursor.js';
export { pageOf, type Page } from './page.js';
export { notify, type Channel, type Channels } from './channels.js';
export { Listener, type Notice } from './listener.js';
export { DatabaseModule } from './database.module.js';
export { InvalidCursorError } from './database.errors.js';
export * from './derivation.js';
export { bulkInsert, type ColumnTypes } from './bulk-insert.js';
