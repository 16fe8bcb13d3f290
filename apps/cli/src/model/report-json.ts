/** What the file of a report says, as an object; empty for what is no JSON object, since whoever puts a version forward writes it. */
export function reportJson<Report>(bytes: Uint8Array): Partial<Report> {
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof found === 'object' && found !== null ? (found as Partial<Report>) : {};
  } catch {
    return {};
  }
}
