/** A time of day in seconds after midnight; `half` is undefined where neither a.m. nor p.m. is said. */
interface TimeOfDay {
  seconds: number;
  half: "a" | "p" | undefined;
}

/** `4:30`, `04:30 p.m.`, `16:30:00`; undefined for anything else. */
function readTime(text: string): TimeOfDay | undefined {
  const plain = text.replace(/\\(?:text|mathrm|mbox)\s*\{([^{}]*)\}|[{}$\\]/g, "$1");
  const match =
    /^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?\s*m\.?)?\s*$/i.exec(plain) ??
    /^\s*(\d{1,2})()()\s*([ap])\.?\s*m\.?\s*$/i.exec(plain);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [1, 2, 3].map((part) => Number(match[part] ?? 0)) as [
    number,
    number,
    number,
  ];
  if (hours > 24 || minutes > 59 || seconds > 59) return undefined;
  const half = match[4]?.toLowerCase() as "a" | "p" | undefined;
  const shift = half === "p" && hours < 12 ? 12 : half === "a" && hours === 12 ? -12 : 0;
  return {
    seconds: (hours + shift) * 3600 + minutes * 60 + seconds,
    half: half ?? (hours > 12 ? "p" : undefined),
  };
}

/** Whether two times of day are one; undefined where either is none. Without a.m. or p.m. either half is meant. */
export function sameTime(a: string, b: string): boolean | undefined {
  const [left, right] = [readTime(a), readTime(b)];
  if (!left || !right) return undefined;
  if (left.seconds === right.seconds) return true;
  return (
    (left.half === undefined || right.half === undefined) && left.seconds % 43_200 === right.seconds % 43_200
  );
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** `May 4, 2021`, `4 May 2021`, `2021-05-04`, `05/04/2021` (month first) as year-month-day; undefined for others. */
function readDate(text: string): string | undefined {
  const plain = text
    .replace(/[,.]/g, " ")
    .replace(/(\d)(?:st|nd|rd|th)\b/g, "$1")
    .replace(/\bof\b/g, " ")
    .trim();
  const named =
    /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+)?([a-z]{3,9})\s+(\d{1,2})\s+(\d{4})$/i.exec(plain) ??
    /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+)?(\d{1,2})\s+([a-z]{3,9})\s+(\d{4})$/i.exec(plain);
  if (named) {
    const [word, day] = /^\d/.test(named[1]!) ? [named[2]!, named[1]!] : [named[1]!, named[2]!];
    const month = months.indexOf(word.slice(0, 3).toLowerCase()) + 1;
    return month > 0 ? `${named[3]!}-${month}-${Number(day)}` : undefined;
  }
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text.trim());
  if (iso) return `${iso[1]!}-${Number(iso[2])}-${Number(iso[3])}`;
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  return american ? `${american[3]!}-${Number(american[1])}-${Number(american[2])}` : undefined;
}

/** Whether two dates are one; undefined where either is none. */
export function sameDate(a: string, b: string): boolean | undefined {
  const [left, right] = [readDate(a), readDate(b)];
  return left === undefined || right === undefined ? undefined : left === right;
}
