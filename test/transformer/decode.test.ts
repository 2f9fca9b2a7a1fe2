import { describe, expect, it } from "vitest";
import { createBatch, decodeAll, type DecodeRequest } from "../../src/transformer/decode.ts";
import { createNetwork } from "../../src/transformer/network.ts";
import { randomTensors, referenceLogits, tinyConfig } from "./reference.ts";

const config = tinyConfig();
const tensors = randomTensors(config, 5);
const network = createNetwork(config, tensors);

const request = (changes: Partial<DecodeRequest> = {}): DecodeRequest => ({
  prompt: [1, 8, 3, 17],
  temperature: 0,
  seed: 1,
  maxTokens: 12,
  stop: [],
  ...changes,
});
const decode = (changes?: Partial<DecodeRequest>) => decodeAll(network, [request(changes)])[0]!;

/** log softmax of the readable forward pass, after each token */
function referenceLogProbabilities(tokens: number[], temperature = 1): number[][] {
  return referenceLogits(config, tensors, tokens).map((logits) => {
    const total = Math.log(logits.reduce((sum, value) => sum + Math.exp(value / temperature), 0));
    return logits.map((value) => value / temperature - total);
  });
}

describe("decoding", () => {
  it("takes the likeliest token when greedy, with its log-probability and the least certainty", () => {
    const { tokens, logProbabilities, certainty, finishReason } = decode();
    const { prompt } = request();
    const expected = referenceLogProbabilities([...prompt, ...tokens]).slice(prompt.length - 1, -1);
    const best = expected.map((row) => Math.max(...row));
    expect(tokens).toEqual(expected.map((row, i) => row.indexOf(best[i]!)));
    logProbabilities.forEach((value, i) => expect(value).toBeCloseTo(best[i]!, 4));
    expect(certainty).toBeCloseTo(Math.exp(Math.min(...best)), 4);
    expect(finishReason).toBe("length");
  });

  it.each([0.7, 1, 1.5])("draws from the distribution at temperature %d", (temperature) => {
    const draws = 4000;
    const requests = Array.from({ length: draws }, (_, seed) => request({ temperature, seed, maxTokens: 1 }));
    const counts = new Array<number>(config.vocab_size).fill(0);
    const expected = referenceLogProbabilities(request().prompt as number[], temperature).at(-1)!;
    for (const { tokens, logProbabilities } of decodeAll(network, requests)) {
      counts[tokens[0]!]!++;
      expect(logProbabilities[0]).toBeCloseTo(expected[tokens[0]!]!, 4);
    }
    expected.forEach((logProbability, token) => {
      const share = Math.exp(logProbability);
      const deviation = Math.sqrt((share * (1 - share)) / draws);
      expect(Math.abs(counts[token]! / draws - share)).toBeLessThan(4.5 * deviation + 1e-3);
    });
  });

  it("gives the same tokens for the same seed, alone or among many, and others for another seed", () => {
    const mixed = Array.from({ length: 70 }, (_, i) =>
      request({
        prompt: Array.from({ length: 1 + ((i * 5) % 30) }, (_, k) => (i * 7 + k * k) % config.vocab_size),
        temperature: (i % 3) / 2,
        seed: i,
        maxTokens: 1 + ((i * 11) % 25),
        stop: i % 2 === 0 ? [3] : [],
      }),
    );
    const together = decodeAll(network, mixed);
    const alone = mixed.map((each) => decodeAll(network, [each])[0]!);
    expect(together).toEqual(alone);
    const [a, b] = decodeAll(
      network,
      [1, 2].map((seed) => request({ temperature: 1, seed })),
    );
    expect(a!.tokens).not.toEqual(b!.tokens);
  });

  it("computes equal prompts once and gives each its own draw", () => {
    let rows = 0;
    const counting = {
      ...network,
      forward: (...[batch, wanted]: Parameters<typeof network.forward>) => {
        rows += batch.length;
        return network.forward(batch, wanted);
      },
    };
    const requests = Array.from({ length: 16 }, (_, seed) => request({ temperature: 1, seed, maxTokens: 5 }));
    const results = decodeAll(counting, requests);
    expect(results).toEqual(requests.map((each) => decodeAll(network, [each])[0]));
    // the prompt once, its last token again for each copy, and four of five new tokens of each
    expect(rows).toBe(4 + 15 + 16 * 4);
  });

  it("ends at a stop token, which is the last, or at either bound", () => {
    const whole = decode().tokens;
    const stop = whole[4]!;
    const stopped = decode({ stop: [stop] });
    expect(stopped.tokens).toEqual(whole.slice(0, whole.indexOf(stop) + 1));
    expect(stopped.finishReason).toBe("stop");
    expect(decode({ maxTokens: 3 }).tokens).toEqual(whole.slice(0, 3));
    const longest = decode({ maxTokens: Infinity });
    // the last token needs no position of its own
    expect(longest.tokens).toHaveLength(config.max_position_embeddings - 4 + 1);
    expect(longest.finishReason).toBe("length");
    expect(() => decode({ prompt: new Array<number>(65).fill(1) })).toThrow(/65 tokens.* 64 positions/);
  });

  it("reports each token as it comes, and lets a sequence be taken out, even from its own report", () => {
    const seen: number[] = [];
    expect(decode({ onToken: (token) => seen.push(token) }).tokens).toEqual(seen);

    const batch = createBatch(network);
    const done: string[] = [];
    let count = 0;
    const remove = batch.add(
      request({
        onToken() {
          if (++count === 3) remove();
        },
      }),
      () => done.push("removed"),
    );
    batch.add(request({ seed: 2 }), () => done.push("kept"));
    const never = batch.add(request({ prompt: [2] }), () => done.push("never"));
    never();
    expect(batch.size).toBe(2);
    while (batch.size > 0) batch.step();
    expect(done).toEqual(["kept"]);
    expect(count).toBe(3);
  });
});
