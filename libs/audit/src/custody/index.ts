export {
  CustodyReader,
  type CustodyTransfer,
  type TransferState,
  type UnitCustody,
} from './custody.reader.js';
