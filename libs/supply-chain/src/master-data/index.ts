export { MasterDataReader, type MasterDataRow } from './master-data.reader.js';
