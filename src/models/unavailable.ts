import type { ErrorCode } from "../errors.ts";

/** True where no request of a run can succeed: the key is refused, the quota used up, the model unknown. */
export function stopsRun({
  code,
  status,
  message,
}: {
  code: ErrorCode;
  status?: number;
  message: string;
}): boolean {
  if (code === "key" || code === "quota") return true;
  return code === "refused" && (status === 404 || unknownModel.test(message));
}

/** Some endpoints answer 400 where OpenAI answers 404. */
const unknownModel =
  /\b(unknown|invalid|no such) model\b|\bmodel\b.{0,80}\b(not found|does not exist|(is )?not (a )?valid|is not supported)\b/i;
