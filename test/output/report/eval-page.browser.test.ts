import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gradeQuestion } from "../../../src/eval/graded.ts";
import { buildReport, type Measured } from "../../../src/eval/report.ts";
import { evalPage } from "../../../src/output/report/eval-page.ts";
import { sample } from "../../reasoning/support.ts";

const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hostile = "</script><img src=x onerror=document.title='owned'><b>bold</b>";

/** Ten questions; `direct` is right on the even ones, `step-by-step` on all. */
async function settings(): Promise<Measured[]> {
  const setting = async (name: string, isRight: (i: number) => boolean): Promise<Measured> => ({
    name,
    questions: await Promise.all(
      Array.from({ length: 10 }, (_, i) => {
        const answer = isRight(i) ? "408" : "9";
        const checks = [{ step: "17×20=350", ok: isRight(i), expected: "340" }];
        const text = `${hostile} so ${answer}`;
        return gradeQuestion({ id: `q${String(i)}`, question: `Question ${String(i)}?`, gold: "408" }, [
          sample(answer, {
            text,
            checks,
            ...(i === 0 ? { before: { text: `${hostile} so 7`, reasoning: null } } : {}),
          }),
          sample("408", { text: "408" }),
        ]);
      }),
    ),
  });
  return [await setting("direct", (i) => i % 2 === 0), await setting("step-by-step", () => true)];
}

/** Of `rgb(…)`, 0 to 1, as WCAG has it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((byte) => {
    const share = Number(byte) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.skipIf(!existsSync(browserPath))(
  "the page in a browser (Chromium at $CHROMIUM or /usr/bin/chromium)",
  () => {
    let folder: string;
    let browser: Browser;
    let page: Page;
    const requests: string[] = [];
    const errors: string[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "cot-page-"));
      const path = join(folder, "page.html");
      const measured = await settings();
      await writeFile(path, evalPage("questions.jsonl", buildReport(measured), measured));
      browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
      page = await browser.newPage();
      page.on("request", (request) => requests.push(request.url()));
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => errors.push(message.text()));
      await page.goto(pathToFileURL(path).href);
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    });

    test("loads nothing but itself, without an error", () => {
      expect(requests).toHaveLength(1);
      expect(errors).toEqual([]);
    });

    test("a question opens to its votes, samples, steps and what refining changed; markup stays text", async () => {
      const first = page.locator("details.question").first();
      await first.locator("summary").click();
      await first.getByText("Votes: 408 ×2").first().waitFor();
      const text = await first.innerText();
      expect(text).toContain("Votes: 408 ×2");
      expect(text).toContain("<b>bold</b>");
      expect(text).toContain("✓ 17×20=350");
      expect(await first.locator("del").first().innerText()).toBe("7");
      expect(await page.locator("main img").count()).toBe(0);
      expect(await page.title()).toContain("questions.jsonl");
    });

    test("filter and search narrow the list", async () => {
      await page.selectOption("#filter", "differ");
      expect(await page.textContent("#count")).toBe("5 of 10");
      await page.fill("#search", "question 3");
      expect(await page.locator("details.question").count()).toBe(1);
      await page.fill("#search", "no such words");
      expect(await page.locator("details.question").count()).toBe(0);
    });

    test("light and dark have readable text on their own ground", async () => {
      const styles =
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]";
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        const [ink = 0, paper = 0] = (await page.evaluate<string[]>(styles)).map(luminance);
        expect((Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)).toBeGreaterThan(7);
        expect(paper > ink).toBe(scheme === "light");
      }
    });
  },
);
