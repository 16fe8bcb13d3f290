/** Fields of the page by the option of the command line that asks for the same. */
const FIELDS: Readonly<Record<string, string>> = {
  '--header': 'Block hash',
  '--anchor': 'TraceAnchor',
  '--registry': 'PartnerRegistry',
};

/** The words of a step with the field of the page where they name an option of the command line. */
export function onPage(says: string): string {
  return says.replace(/\((--[a-z]+)\)$/, (whole, option: string) =>
    Object.hasOwn(FIELDS, option) ? `(field “${FIELDS[option]}” of the page Verify)` : whole,
  );
}
