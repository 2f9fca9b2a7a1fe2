import type { Environment } from "../../config/config.ts";
import { probeLocalServers } from "../../models/list.ts";
import { counted } from "../counted.ts";
import { firstModel } from "../first-model.ts";
import type { Finding } from "./finding.ts";

/** What answers on the usual loopback ports, and how to use it. */
export async function findLocalServers(environment: Environment): Promise<Finding[]> {
  const servers = await probeLocalServers({ environment });
  if (servers.length === 0) {
    const says = "none answers on the ports of Ollama, LM Studio, llama.cpp and vLLM";
    return [{ check: "local servers", state: "ok", says }];
  }
  return servers.map(({ provider, baseUrl, models: [first, ...others] }) => ({
    check: "local server",
    state: "ok",
    says: `${provider} at ${baseUrl}, ${first === undefined ? "without a model" : counted(others.length + 1, "model")}`,
    mend: first === undefined ? firstModel(provider) : `Use it: cot ask -m ${provider}:${first} "…"`,
  }));
}
