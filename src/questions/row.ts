/** One record of an input, before its fields have been given a meaning. */
export interface Row {
  /** The line's, or for CSV and Parquet the record's, from 1: the id of a question that has none. */
  number: number;
  /** Where it stands, for errors: `line 3`, `record 7 (line 9)`. */
  place: string;
  /** Undefined where the record cannot be read. */
  fields?: Record<string, unknown>;
  /** Why it cannot be read. */
  bad?: string;
}

/** Told once a file: something was read otherwise than it is written. */
export type OnNotice = (notice: string) => void;
