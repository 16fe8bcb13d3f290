export const ITEM_REPORT = /* GraphQL */ `
  query ItemReport($uri: String!) {
    itemReport(uri: $uri)
  }
`;

export const ITEM_REPORT_WITH_PROOFS = /* GraphQL */ `
  query ItemReportWithProofs($uri: String!) {
    itemReport(uri: $uri, proofs: true)
  }
`;

export const FSMA_SHEET = /* GraphQL */ `
  query FsmaSheet($range: TimeRange!, $partner: Hex) {
    fsmaSheet(range: $range, partner: $partner) {
      csv
    }
  }
`;

export const EPCIS_EXPORT = /* GraphQL */ `
  query EpcisExport($item: String, $range: TimeRange, $partner: Hex) {
    epcisExport(item: $item, range: $range, partner: $partner)
  }
`;
