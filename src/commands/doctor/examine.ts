import { safeText } from "../../output/terminal/safe.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { type Style, styled } from "../../output/terminal/text.ts";
import { checkSetup, type DoctorSettings } from "./checks.ts";
import type { Finding } from "./finding.ts";
import { findLocalServers } from "./local-servers.ts";

const marks: Record<Finding["state"], { sign: string; style: Style }> = {
  ok: { sign: "ok", style: "green" },
  failed: { sign: "FAILED", style: "red" },
  note: { sign: "note", style: "yellow" },
};

/** `cot doctor`: prints each finding as it is made. */
export async function examine(settings: DoctorSettings, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  let failures = 0;
  const print = async (finding: Finding): Promise<void> => {
    if (finding.state === "failed") failures += 1;
    await stdout.write(findingText(finding, stdout.color));
  };
  for await (const finding of checkSetup(settings, terminal)) await print(finding);
  for (const finding of await findLocalServers(terminal.env)) await print(finding);
  return failures > 0 ? 1 : 0;
}

function findingText({ check, state, says, mend }: Finding, color: boolean): string {
  const { sign, style } = marks[state];
  const first = `${styled(style, sign.padEnd(7), color)} ${check.padEnd(14)} ${safeText(says)}\n`;
  return mend === undefined ? first : `${first}${" ".repeat(23)}${safeText(mend)}\n`;
}
