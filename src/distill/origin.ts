/** Who said something, asked how. */
export interface Origin {
  model: string;
  endpoint: string;
  prompt: string;
  policy: string | null;
}

/** Origins as one: where they differ, all that there are. */
export function mergeOrigins(origins: Iterable<Origin>): Origin | undefined {
  const all = [...origins];
  if (all.length === 0) return undefined;
  const values = (field: keyof Origin): string =>
    [...new Set(all.map((origin) => origin[field]))].filter((value) => value !== null).join(", ");
  return {
    model: values("model"),
    endpoint: values("endpoint"),
    prompt: values("prompt"),
    policy: values("policy") || null,
  };
}
