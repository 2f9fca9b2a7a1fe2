import { listen, send, uploaded, type ListeningApi } from "./files-api.ts";

/** How the jobs of a server end, and what goes wrong on the way. */
export interface FineTuningScript {
  /** Polls until a job is done; default 2. */
  polls?: number;
  /** Default `succeeded`. */
  end?: "succeeded" | "failed" | "cancelled" | "expired";
  /** The first poll is answered with a 500. */
  brokenPoll?: boolean;
  /** Models are kept on the way; without, the endpoint knows no such path. */
  checkpoints?: boolean;
  /** Creating a job is refused, with this message. */
  refuse?: string;
  /** The results as OpenAI sends them: CSV in base64. */
  base64?: boolean;
}

/** What a server with files and fine-tuning jobs was asked. */
export interface FineTuningServer extends ListeningApi {
  /** Contents of the files that were uploaded, by id. */
  uploads: Map<string, string>;
  /** Bodies of the jobs that were created. */
  created: Record<string, unknown>[];
  cancelled: string[];
  polls: number;
}

interface Job {
  id: string;
  polls: number;
  status: string;
  trainingFile: string;
}

const losses = [2.5, 1.5, 0.5];

/** A server that implements OpenAI's files and fine-tuning jobs, with events, results, failures and cancelling. */
export async function startFineTuningServer(script: FineTuningScript = {}): Promise<FineTuningServer> {
  const jobs = new Map<string, Job>();
  const { polls = 2, end = "succeeded" } = script;
  const server: Omit<FineTuningServer, keyof ListeningApi> = {
    uploads: new Map(),
    created: [],
    cancelled: [],
    polls: 0,
  };

  const shown = ({ id, status, trainingFile }: Job): object => ({
    id,
    object: "fine_tuning.job",
    status,
    training_file: trainingFile,
    fine_tuned_model: status === "succeeded" ? "ft:test:student" : null,
    trained_tokens: status === "succeeded" ? 4321 : null,
    result_files: status === "succeeded" ? ["results"] : [],
    error:
      status === "failed"
        ? { code: "invalid_training_file", message: "line 3 has no assistant", param: "training_file" }
        : null,
  });
  const eventsOf = (job: Job): object[] => [
    {
      id: "e0",
      object: "fine_tuning.job.event",
      level: "info",
      message: "Validating training file",
      type: "message",
    },
    ...losses.slice(0, job.polls).map((loss, i) => ({
      id: `e${i + 1}`,
      object: "fine_tuning.job.event",
      level: "info",
      message: `Step ${i + 1}/3`,
      type: "metrics",
      data: { step: i + 1, total_steps: 3, train_loss: loss },
    })),
  ];

  const api = await listen(({ path, method, body }, outgoing) => {
    const job = jobs.get(/jobs\/([^/]+)/.exec(path)?.[1] ?? "");
    if (path === "files") {
      const id = `file-${server.uploads.size}`;
      server.uploads.set(id, uploaded(body));
      send(outgoing, 200, { id, object: "file", purpose: "fine-tune" });
    } else if (path === "files/results/content") {
      const csv = `step,train_loss\n${losses.map((loss, i) => `${i + 1},${loss}`).join("\n")}\n`;
      outgoing.writeHead(200).end(script.base64 ? Buffer.from(csv).toString("base64") : csv);
    } else if (path === "fine_tuning/jobs" && method === "POST") {
      const request = JSON.parse(body) as Record<string, unknown>;
      server.created.push(request);
      if (script.refuse !== undefined) {
        send(outgoing, 400, { error: { message: script.refuse, type: "invalid_request_error" } });
        return;
      }
      const made = {
        id: `ftjob-${jobs.size}`,
        polls: 0,
        status: "queued",
        trainingFile: String(request["training_file"]),
      };
      jobs.set(made.id, made);
      send(outgoing, 200, shown(made));
    } else if (path === "fine_tuning/jobs") {
      send(outgoing, 200, { object: "list", data: [...jobs.values()].map(shown), has_more: false });
    } else if (job && path.endsWith("/events")) {
      send(outgoing, 200, { object: "list", data: eventsOf(job).reverse(), has_more: false });
    } else if (job && script.checkpoints && path.endsWith("/checkpoints")) {
      const data = [3, 2].map((step) => ({
        id: `ckpt-${step}`,
        step_number: step,
        fine_tuned_model_checkpoint: `ft:test:student:step-${step}`,
      }));
      send(outgoing, 200, { object: "list", data, has_more: false });
    } else if (job && path.endsWith("/cancel")) {
      server.cancelled.push(job.id);
      job.status = "cancelled";
      send(outgoing, 200, shown(job));
    } else if (job && path.endsWith(job.id)) {
      server.polls += 1;
      if (script.brokenPoll === true && server.polls === 1) {
        send(outgoing, 500, { error: { message: "upstream" } });
        return;
      }
      job.polls += 1;
      if (job.status !== "cancelled") job.status = job.polls >= polls ? end : "running";
      send(outgoing, 200, shown(job));
    } else send(outgoing, 404, { error: { message: `no ${path}` } });
  });
  return Object.assign(server, api);
}
