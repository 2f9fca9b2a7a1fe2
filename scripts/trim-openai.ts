import type { Plugin } from "esbuild";

/** What `src/models` asks of the SDK; the client makes one object of each of its other resources, on every call. */
const used = ["batches", "chat", "embeddings", "files", "fine-tuning", "models", "responses"];
/** Helpers of the resources in use, for streams and tools: we read the wire ourselves. */
const helpers =
  /\/lib\/(?:\w+\/)?(ChatCompletionStream|ChatCompletionRunner|ChatCompletionStreamingRunner|ResponseStream)\.mjs$/;

/** Its log is off, yet it would describe every request for it, headers and all. */
const silentLog = `
  const log = () => undefined;
  export const loggerFor = () => ({ error: log, warn: log, info: log, debug: log });
  export const formatRequestDetails = log, parseLogLevel = log;
`;

/**
 * Leaves the resources of the OpenAI SDK that nothing uses out of the bundle; an empty class stands for each. And its
 * log.
 */
export const trimOpenAI: Plugin = {
  name: "trim-openai",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
      if (!importer.includes("/node_modules/openai/")) return undefined;
      if (path.endsWith("/utils/log.mjs")) return { path: "log", namespace: "silent" };
      const helper = helpers.exec(path)?.[1];
      if (helper !== undefined) return { path: helper, namespace: "unused" };
      if (!/\/openai\/(?:client|resources\/index)\.mjs$/.test(importer)) return undefined;
      const resource = /^\.\/(?:resources\/)?(?:[\w-]+\/)?([\w-]+)\.mjs$/.exec(path)?.[1];
      const isResource = path.startsWith("./resources/") || importer.endsWith("/resources/index.mjs");
      if (!isResource || resource === undefined || [...used, "index", "shared"].includes(resource))
        return undefined;
      return {
        path: resource.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
        namespace: "unused",
      };
    });
    build.onLoad({ filter: /./, namespace: "silent" }, () => ({ contents: silentLog }));
    build.onLoad({ filter: /./, namespace: "unused" }, ({ path }) => ({
      contents: `export class ${path} {}`,
    }));
  },
};
