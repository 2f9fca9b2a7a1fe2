const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

export interface NumberWordStyle {
  /** `twenty-four`, `twenty four`. */
  hyphen: "-" | " ";
  /** `three hundred and five`, `three hundred five`. */
  and: boolean;
}

/** 0 to 999 in words. */
export function numberWords(value: number, style: NumberWordStyle = { hyphen: "-", and: true }): string {
  if (value < 20) return small[value]!;
  if (value < 100) {
    const unit = value % 10;
    return tens[Math.floor(value / 10) - 2]! + (unit === 0 ? "" : style.hyphen + small[unit]!);
  }
  const rest = value % 100;
  const hundreds = `${small[Math.floor(value / 100)]!} hundred`;
  return rest === 0 ? hundreds : `${hundreds}${style.and ? " and" : ""} ${numberWords(rest, style)}`;
}
