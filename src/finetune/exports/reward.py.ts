/**
 * The reward as Python, for trainers elsewhere: `score(text, gold)` is 1.0 where the text states the gold as its final
 * answer, else 0.0. Standard library alone. It reads what the prompt asks for, `\boxed{}`, and the usual
 * statements beside it, the last of which counts; its values are exact. `isJudged` below says which golds it can tell.
 */
export const rewardPython = String.raw`"""Reward: 1.0 where a completion's final answer equals the gold, else 0.0. Written by cot finetune --export."""

import re
from fractions import Fraction

_NUMBER = re.compile(
    r"^(?P<sign>[-+\u2212]?)[$\u20ac\u00a3]?(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?P<part>\.\d+)?(?P<percent>%?)$"
)
_FRACTION = re.compile(r"^(?P<sign>-?)\\[dt]?frac\{(?P<a>-?\d+)\}\{(?P<b>\d+)\}$")
_RATIO = re.compile(r"^(?P<a>-?\d+)/(?P<b>\d+)$")


def _value(text):
    """The exact value of a number, a percentage or a fraction; None where it is none."""
    text = text.strip().rstrip(".").replace(" ", "").replace("\\%", "%").replace("\\$", "$")
    text = text.replace("{,}", ",").replace("\\!", "").strip("$") if text.count("$") != 1 else text
    match = _FRACTION.match(text)
    if match and int(match["b"]) != 0:
        value = Fraction(int(match["a"]), int(match["b"]))
        return -value if match["sign"] else value
    match = _RATIO.match(text)
    if match and int(match["b"]) != 0:
        return Fraction(int(match["a"]), int(match["b"]))
    match = _NUMBER.match(text)
    if not match or not (match["whole"] or match["part"]):
        return None
    value = Fraction((match["whole"].replace(",", "") or "0") + (match["part"] or ""))
    if match["percent"]:
        value /= 100
    return -value if match["sign"] in ("-", "\u2212") else value


def _boxes(text):
    """Where closed \\boxed{} start, and their insides."""
    for match in re.finditer(r"\\boxed\s*\{", text):
        depth = 1
        for i in range(match.end(), len(text)):
            depth += {"{": 1, "}": -1}.get(text[i], 0)
            if depth == 0:
                yield match.start(), text[match.end() : i].strip()
                break


_HASHES = re.compile(r"^[ \t]*####[ \t]*(\S[^\n]*?)[ \t]*$", re.M)
_STATED = re.compile(r"\banswer(?:\s+is|\s*:)\s*(?!\**\s*\$?\s*\\boxed)([^\s*][^\n]*?)[*\s]*$", re.M | re.I)


def answer(text):
    """The final answer that a completion states: its last \\boxed{}, #### line or "answer is"; None without one."""
    text = text.rsplit("</think>", 1)[-1]
    found = list(_boxes(text))
    found += [(match.start(), match[1]) for match in _HASHES.finditer(text)]
    found += [(match.start(), match[1].rstrip(".")) for match in _STATED.finditer(text) if "\\boxed" not in match[1]]
    return max(found)[1] if found else None


def score(text, gold):
    """1.0 or 0.0; a completion without an answer earns nothing."""
    given = answer(text)
    if given is None:
        return 0.0
    right, said = _value(gold), _value(given)
    if right is not None:
        return 1.0 if said is not None and said == right else 0.0
    letter = re.fullmatch(r"\(?([A-J])\)?\.?", given.strip())
    return 1.0 if (letter.group(1) if letter else given.strip()) == gold.strip() else 0.0
`;

/** Golds whose every form the Python reward tells as ours does: numbers, fractions, percentages, choice letters. */
export function isJudged(gold: string): boolean {
  return /^(?:-?\d+(?:\.\d+)?%?|-?\d{1,3}(?:,\d{3})+|-?\d+\/[1-9]\d*|[A-J])$/.test(gold.trim());
}
