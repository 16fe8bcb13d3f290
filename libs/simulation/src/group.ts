/** The elements under each key, keys in the order of their first element. */
export function groupBy<Element, Key>(
  elements: readonly Element[],
  key: (element: Element) => Key,
): Map<Key, Element[]> {
  const groups = new Map<Key, Element[]>();
  for (const element of elements) {
    const name = key(element);
    const group = groups.get(name);
    if (group) group.push(element);
    else groups.set(name, [element]);
  }
  return groups;
}
