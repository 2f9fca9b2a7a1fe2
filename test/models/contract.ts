import { describe, expect, it } from "vitest";
import type { Completion, Model, ModelEvent, ModelRequest } from "../../src/models/model.ts";

export interface ContractSubject {
  /** A fresh model that answers, at some length, whatever it is asked by `request`. */
  open(): Promise<Model>;
  /** A request that it answers, with these fields. */
  request(fields: Partial<ModelRequest>): ModelRequest;
}

/** What every `Model` keeps to, whoever is behind it. Each test opens a model of its own. */
export function testModelContract(name: string, subject: ContractSubject): void {
  const ask = async (fields: Partial<ModelRequest> = {}, signal?: AbortSignal): Promise<ModelEvent[]> => {
    const model = await subject.open();
    const events: ModelEvent[] = [];
    for await (const event of model.generate(subject.request(fields), signal)) events.push(event);
    return events;
  };

  describe(`the contract of models: ${name}`, () => {
    it("has an id and an endpoint", async () => {
      const model = await subject.open();
      expect(model.id).not.toBe("");
      expect(model.endpoint).not.toBe("");
    });

    it("ends with its only finish event", async () => {
      const events = await ask({ live: true });
      expect(events.filter(({ type }) => type === "finish")).toHaveLength(1);
      expect(events.at(-1)?.type).toBe("finish");
    });

    it("gives as many completions as are asked for, with the question's indices", async () => {
      const completions = finished(await ask({ samples: 3, firstSample: 4, temperature: 1 }));
      expect(completions.map(({ sample }) => sample)).toEqual([4, 5, 6]);
    });

    it("sends in deltas what it then gives as a whole", async () => {
      const events = await ask({ live: true, samples: 2, firstSample: 1, temperature: 1 });
      for (const { sample, text, reasoning = "" } of finished(events)) {
        expect(joined(events, "text-delta", sample).trim()).toBe(text.trim());
        expect(joined(events, "reasoning-delta", sample).trim()).toBe(reasoning.trim());
      }
    });

    it("says how it ended, how long it took, and what it used", async () => {
      const [completion] = finished(await ask());
      expect(completion!.text).not.toBe("");
      expect(completion!.finishReason).toBe("stop");
      expect(completion!.latencyMs).toBeGreaterThanOrEqual(0);
      expect(completion!.usage.promptTokens).toBeGreaterThan(0);
      expect(completion!.usage.completionTokens).toBeGreaterThan(0);
    });

    it("gives each completion the seed that it had", async () => {
      const completions = finished(await ask({ samples: 3, seed: 7, temperature: 1 }));
      expect(completions.map(({ seed }) => seed)).toEqual([7, 8, 9]);
    });

    it("sends nothing where the signal is aborted already", async () => {
      await expect(ask({}, AbortSignal.abort())).rejects.toMatchObject({ code: "interrupted" });
    });

    it("stops at once where the signal aborts half-way", async () => {
      const model = await subject.open();
      const controller = new AbortController();
      const events = model.generate(subject.request({ live: true }), controller.signal);
      await expect(
        (async () => {
          for await (const event of events) if (event.type !== "finish") controller.abort();
        })(),
      ).rejects.toMatchObject({ code: "interrupted" });
    });

    it("can be left by a reader that has seen enough, and asked again", async () => {
      const model = await subject.open();
      for await (const event of model.generate(subject.request({ live: true }))) {
        expect(event.type).toMatch(/delta/);
        break;
      }
      const events: ModelEvent[] = [];
      for await (const event of model.generate(subject.request({}))) events.push(event);
      expect(finished(events)).toHaveLength(1);
    });

    it("answers requests that are made at the same time", async () => {
      const model = await subject.open();
      const replies = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const events: ModelEvent[] = [];
          for await (const event of model.generate(subject.request({}))) events.push(event);
          return finished(events);
        }),
      );
      expect(replies.flat()).toHaveLength(5);
    });
  });
}

function finished(events: ModelEvent[]): Completion[] {
  const last = events.at(-1);
  if (last?.type !== "finish") throw new Error(`no finish, but ${JSON.stringify(last)}`);
  return last.completions;
}

function joined(events: ModelEvent[], type: "text-delta" | "reasoning-delta", sample: number): string {
  return events.map((event) => (event.type === type && event.sample === sample ? event.text : "")).join("");
}
