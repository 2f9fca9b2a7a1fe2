import { listen, send, uploaded, type ListeningApi } from "./files-api.ts";

/** What a server with files and batches did, and how it is to fail. */
export interface BatchServer extends ListeningApi {
  /** Requests of every batch that was created, by batch. */
  batches: Map<string, string[]>;
  /** Status polls so far. */
  polls: number;
  /** Batches that were cancelled. */
  cancelled: string[];
}

export interface BatchScript {
  /** The fate of one request, by `custom_id` and the batch's number from 0; default: answered. */
  outcome?: (customId: string, batch: number) => "answered" | "refused" | "expired";
  /** Polls until a batch is done; default 1. */
  polls?: number;
  /** The first poll is answered with a 500. */
  brokenPoll?: boolean;
  /** Fail every batch, with this reason. */
  failed?: string;
}

interface Batch {
  id: string;
  fileId: string;
  number: number;
  polls: number;
  status: string;
}

/** A server that implements OpenAI's files and batches: uploads are kept, batches answered line by line. */
export async function startBatchServer(script: BatchScript = {}): Promise<BatchServer> {
  const files = new Map<string, string>();
  const batches = new Map<string, Batch>();
  const server: Omit<BatchServer, keyof ListeningApi> = {
    batches: new Map(),
    polls: 0,
    cancelled: [],
  };

  const finish = (batch: Batch): void => {
    const lines = { output: [] as string[], error: [] as string[] };
    let expired = false;
    for (const { custom_id: id } of requestsOf(files.get(batch.fileId)!)) {
      const outcome = script.outcome?.(id, batch.number) ?? "answered";
      if (outcome === "answered") lines.output.push(responseLine(id, 200, completion(id)));
      else if (outcome === "refused") {
        lines.error.push(
          responseLine(id, 400, { error: { message: `no to ${id}`, type: "invalid_request_error" } }),
        );
      } else {
        expired = true;
        const error = { code: "batch_expired", message: "This request could not be executed in time." };
        lines.error.push(JSON.stringify({ id: `e-${id}`, custom_id: id, response: null, error }));
      }
    }
    for (const [kind, content] of Object.entries(lines)) files.set(`${kind}-${batch.id}`, content.join("\n"));
    batch.status = script.failed !== undefined ? "failed" : expired ? "expired" : "completed";
  };

  const shown = (batch: Batch): unknown => ({
    id: batch.id,
    object: "batch",
    input_file_id: batch.fileId,
    status: batch.status,
    request_counts: { total: 0, completed: 0, failed: 0 },
    ...(["completed", "expired"].includes(batch.status)
      ? { output_file_id: `output-${batch.id}`, error_file_id: `error-${batch.id}` }
      : {}),
    ...(batch.status === "failed" ? { errors: { data: [{ code: "bad", message: script.failed }] } } : {}),
  });

  const api = await listen(({ path, method, body }, outgoing) => {
    const [kind, id = "", action] = path.split("/");
    if (kind === "files" && method === "POST") {
      const fileId = `file-${files.size}`;
      files.set(fileId, uploaded(body));
      send(outgoing, 200, { id: fileId, object: "file" });
    } else if (kind === "files" && action === "content") {
      outgoing.writeHead(200, { "content-type": "application/octet-stream" }).end(files.get(id));
    } else if (kind === "batches" && id === "" && method === "POST") {
      const { input_file_id: fileId } = JSON.parse(body) as { input_file_id: string };
      const batch = {
        id: `batch_${batches.size}`,
        fileId,
        number: batches.size,
        polls: 0,
        status: "in_progress",
      };
      batches.set(batch.id, batch);
      server.batches.set(
        batch.id,
        requestsOf(files.get(fileId)!).map((request) => request.custom_id),
      );
      send(outgoing, 200, shown(batch));
    } else if (kind === "batches" && id === "") {
      send(outgoing, 200, { object: "list", data: [...batches.values()].map(shown), has_more: false });
    } else if (kind === "batches" && action === "cancel") {
      server.cancelled.push(id);
      batches.get(id)!.status = "cancelled";
      send(outgoing, 200, shown(batches.get(id)!));
    } else if (kind === "batches" && batches.has(id)) {
      server.polls += 1;
      if (script.brokenPoll === true && server.polls === 1) {
        send(outgoing, 500, { error: { message: "upstream" } });
        return;
      }
      const batch = batches.get(id)!;
      batch.polls += 1;
      if (batch.status === "in_progress" && batch.polls >= (script.polls ?? 1)) finish(batch);
      send(outgoing, 200, shown(batch));
    } else send(outgoing, 404, { error: { message: `no ${path}` } });
  });
  return Object.assign(server, api);
}

function requestsOf(file: string): { custom_id: string; body: Record<string, unknown> }[] {
  return file
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { custom_id: string; body: Record<string, unknown> });
}

/** A chat completion whose answer is the request's id. */
export function completion(customId: string): Record<string, unknown> {
  return {
    id: "chatcmpl",
    object: "chat.completion",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: `It is.\n\nAnswer: ${customId}` },
        finish_reason: "stop",
      },
    ],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  };
}

/** A line of a file of responses. */
export function responseLine(customId: string, status: number, body: unknown): string {
  const response = { status_code: status, request_id: "r", body };
  return JSON.stringify({ id: `b-${customId}`, custom_id: customId, response, error: null });
}
