import type { Row } from "./row.ts";
import type { TextLine } from "./text-lines.ts";

interface Parsed {
  record: string[];
  /** `lines`: the one on which the record ends. */
  info: { lines: number };
}

/** CSV (RFC 4180) or TSV with a header. A row may have fewer cells than the header, never more. */
export async function* csvRows(lines: AsyncIterable<TextLine>, delimiter: "," | "\t"): AsyncGenerator<Row> {
  const { parse } = await import("csv-parse");
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const feeding = feed(lines, parser);
  let header: string[] | undefined;
  let number = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (header === undefined) {
        header = record.map((name) => name.trim());
        continue;
      }
      number += 1;
      const place = `record ${number} (line ${info.lines})`;
      if (record.length > header.length) {
        yield { number, place, bad: `${record.length} cells, but the header has ${header.length}` };
        continue;
      }
      const fields: Record<string, unknown> = {};
      for (let i = 0; i < record.length; i++) fields[header[i]!] = record[i];
      yield { number, place, fields };
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith("CSV_") !== true) throw error;
    number += 1;
    yield { number, place: `record ${number}`, bad: (error as Error).message };
  } finally {
    parser.destroy();
    await feeding;
  }
}

interface Parser {
  readonly destroyed: boolean;
  write(text: string): boolean;
  end(): void;
  destroy(error?: Error): unknown;
  once(event: "drain" | "close", listener: () => void): this;
}

async function feed(lines: AsyncIterable<TextLine>, parser: Parser): Promise<void> {
  try {
    for await (const { text } of lines) {
      if (parser.destroyed) return;
      if (!parser.write(`${text}\n`)) {
        await new Promise<void>((resolve) => {
          parser.once("drain", resolve).once("close", resolve);
        });
      }
    }
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}
