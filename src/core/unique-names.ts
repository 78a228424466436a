/** Gives each item without a name the one it defaults to, with a number when that is taken: poisson, poisson-2. */
export function uniqueNames(items: readonly { name: string | undefined; base: string }[]): string[] {
  const taken = new Set(items.map((item) => item.name));
  return items.map(({ name, base }) => {
    if (name !== undefined) return name;
    let made = base;
    for (let k = 2; taken.has(made); k++) made = `${base}-${k}`;
    taken.add(made);
    return made;
  });
}
