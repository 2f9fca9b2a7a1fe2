/** Why a path cannot be read or written, in words: `there is no such file`. */
export function pathProblem(error: unknown, doing: "read" | "write"): string {
  const reasons: Record<string, string> = {
    ENOENT: doing === "read" ? "there is no such file" : "its directory does not exist",
    ENOTDIR: "its directory is a file",
    EISDIR: "it is a directory",
    EEXIST: "it is a file",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the file system is read-only",
    ENOSPC: "no space left on the device",
    EDQUOT: "no space left on the device",
  };
  const { code = String(error) } = error as NodeJS.ErrnoException;
  return reasons[code] ?? code;
}
