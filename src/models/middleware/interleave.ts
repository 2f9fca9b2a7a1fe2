/** Events of several sources in the order in which they come. A reader that stops early stops them all. */
export async function* interleaved<T>(sources: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const next = (source: AsyncGenerator<T>): Promise<[AsyncGenerator<T>, IteratorResult<T>]> =>
    source.next().then((result) => [source, result]);
  const pending = new Map(sources.map((source) => [source, next(source)]));
  try {
    while (pending.size > 0) {
      const [source, result] = await Promise.race(pending.values());
      if (result.done === true) {
        pending.delete(source);
        continue;
      }
      pending.set(source, next(source));
      yield result.value;
    }
  } finally {
    // a source that is waiting for its next event takes the return after it
    for (const [source, waited] of pending) {
      waited.catch(() => undefined);
      source.return(undefined).catch(() => undefined);
    }
  }
}
