import type { CompletionStore } from "../models/store.ts";

/** A batch at the endpoint, as the journal remembers it. */
export interface BatchRecord {
  /** Its place among the journal's batches, from 0. */
  index: number;
  fileId: string;
  /** Empty until the batch has been started on the file. */
  batchId: string;
  /** The path that its requests go to. */
  url: string;
  /** The `custom_id` of every request. */
  ids: string[];
  /** `closed`: its responses are in the store, or it has failed. */
  state: "open" | "closed";
}

/** The batches of a journal. */
export interface BatchLog {
  open(): BatchRecord[];
  uploaded(fileId: string, url: string, ids: string[]): Promise<BatchRecord>;
  started(record: BatchRecord, batchId: string): Promise<void>;
  close(record: BatchRecord): Promise<void>;
}

export async function batchLog(store: CompletionStore): Promise<BatchLog> {
  const records: BatchRecord[] = [];
  for (;;) {
    const entry = await store.getRecord(keyOf(records.length));
    if (entry === undefined) break;
    records.push(entry["batch"] as BatchRecord);
  }
  const save = (record: BatchRecord): Promise<void> =>
    store.putRecord(keyOf(record.index), { batch: record });
  return {
    open: () => records.filter(({ state }) => state === "open"),
    async uploaded(fileId, url, ids) {
      const record: BatchRecord = { index: records.length, fileId, batchId: "", url, ids, state: "open" };
      records.push(record);
      await save(record);
      return record;
    },
    async started(record, batchId) {
      record.batchId = batchId;
      await save(record);
    },
    async close(record) {
      record.state = "closed";
      // what they were is of no use any more, and long
      record.ids = [];
      await save(record);
    },
  };
}

function keyOf(index: number): string {
  return `batch.${index}`;
}
