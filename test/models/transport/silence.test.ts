import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchSilence } from "../../../src/models/transport/silence.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("watchSilence", () => {
  it("speaks up when nothing has come for so long", () => {
    const onSilence = vi.fn();
    const watch = watchSilence(1000, onSilence);
    watch.wait();
    vi.advanceTimersByTime(999);
    expect(onSilence).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onSilence).toHaveBeenCalledOnce();
    expect(String(onSilence.mock.calls[0]![0])).toContain("nothing came for 1 s");
  });

  it("starts anew with every wait", () => {
    const onSilence = vi.fn();
    const watch = watchSilence(1000, onSilence);
    for (let i = 0; i < 10; i++) {
      watch.wait();
      vi.advanceTimersByTime(900);
      watch.heard();
    }
    expect(onSilence).not.toHaveBeenCalled();
  });

  it("does not take a slow reader for the server's silence", () => {
    const onSilence = vi.fn();
    const watch = watchSilence(1000, onSilence);
    watch.wait();
    watch.heard();
    vi.advanceTimersByTime(5000);
    expect(onSilence).not.toHaveBeenCalled();
    watch.wait();
    vi.advanceTimersByTime(1000);
    expect(onSilence).toHaveBeenCalledOnce();
  });

  it("is quiet after its stop", () => {
    const onSilence = vi.fn();
    const watch = watchSilence(1000, onSilence);
    watch.wait();
    watch.stop();
    vi.advanceTimersByTime(5000);
    expect(onSilence).not.toHaveBeenCalled();
  });
});
