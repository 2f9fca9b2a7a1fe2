import { answerMark, specialTokens } from "./format.ts";
import { toByteLevel, type TokenizerFile } from "./tokenizer.ts";

/** Single characters; with them every word can be spelled. */
export const characters = [..." \n0123456789abcdefghijklmnopqrstuvwxyz+-×÷=%()?.,:;/'\"!$€£&_"];

/** What may be one token: a word with the space before it, and what often stands before a number in an answer. */
export const wordPattern = " so (?=\\p{N})| ?\\p{L}+|, (?=\\p{N})";

/** The words that the training problems use most (`training/words.ts` counted them). Their order is their numbers: weights and list belong together. */
export const words: readonly string[] = `
,_ _so_ so _is _of _how _the _many _much what _and _in _are how _has _remainder _does _a _to _each _by _what _you
_he _do _she _have _for _that _hundred _me _them _please _get _number _more _with _times _it _than _on _left _i _at
_there _out _pages _people _now remainder _percent there _one _result calculate _divided _day _answer _costs _less
_total _when solve _from _per the _end _into whats _days compute _animals _they evaluate _then _as _away _cent _old
_work _two _had _read _take _three _five _calculate _thirty _four _after _twenty _make _her _book _equal _if _nine
_eight _be _seven _six _fifty _years _makes _forty _comes _add _cost _eighty _seventy _need _gives _ninety _together
_sixty _buys _would _equally _multiply _all _gets can _equals could if _give _altogether _were _plus _coins one
_among _his _value _minutes _collection _groups _divide _will _friends _compute _pounds five _sum _tell _liters
_know _up _find my _shop _dollars _we _euros _hours two six _quotient _cents _over _product which do _every four
three _can eight say nine _sells _minus seven _added _euro _litres _long _bucks _children _monday _passengers _this
_rupees _rows _piles _off _far _come _step _packs _go _another _wants _multiplied in _him _reads give _say _sold
_bought _evenly _difference when _holds _cars _money find _cm _between _gave _split _my _shared _km _hour _farm
_which _takes _given _room _share will _rest _still _dividing pls _taken tell _second _tuesday _week please _pens
_price _want _same _new would _leaves _water _also _students suppose _subtract _bottles _x _last _books kindly _bag
_morning _others _board _third _uses _later _remain _numbers _was _pays of _next _train _not write _an _spends
_looking _show _start _am _cards altogether _shares _barrels _adds hi _apples _gallons _friend _red each _tank
_receives _seats _leave _bags _pieces _made _blue _today _got _half _but _buckets _first _house _pay _degrees show
_boxes _down _bus _school _miles _jars _group _quarter _meters determine _finds _earns _outcome _crates _type help
_figure _stop _remains _collected _m _ten _row _before _weeks question _baskets _bowls _paper _teacher work _matter
_amount _your _homework _loses _lives _contains _shelf _asked _balls at with _following _green _tables _games _buy
_like _solve _put _bulbs _sets _farmer take _starts _basket _fit let _home _shelves _hold hey _eggs _stuck ok _used
divide _took _multiplying on hello _puts _discount _saves _marbles _evening _reading multiply _bricks _bars _tip
need _twice dividing _arranges _feet _started _or _time _traded yesterday _brother why _walk _did is _bill _bank
_interest _stock _earn _hats _shells _sister _until _barrel _fills state _already looking _trades _kg _points _table
_container _fill _sends task _both _kept _owns _trees _division _letters _lost _store _found _leftover problem
_plants _goes _juice _dogs _hands _only _outside _older _trays _story _triple _inches _yesterday _bins _fewer
`
  .trim()
  .split(/\s/)
  .map((word) => word.replaceAll("_", " "));

const operand = "[0-9)]";
const opening = "[0-9(]";

/** Spelling that does not matter to a question: in order, each a pattern and what replaces it. */
const questionRules: [pattern: string, content: string][] = [
  ["[‘’`´]", "'"],
  ["[“”]", '"'],
  ["[\\[{]", "("],
  ["[\\]}]", ")"],
  ["[−–—‐‑]", "-"],
  ["\\s+", " "],
  // two stars are a power
  ["(?<!\\*)\\*(?!\\*)|[·✕✖⋅∙]", "×"],
  [`(?<=${operand}) ?x ?(?=${opening})`, "×"],
  [`(?<=${operand}) ?[/:∶] ?(?=${opening})`, "÷"],
  // a number stands right behind the word, sign or bracket before it, but not behind another number
  ["(?<![0-9]) (?=[0-9])", ""],
  [" (?=[+×÷=%)?.,])|(?<=[+×÷=(]) ", ""],
  ["(?<=[0-9)]) -(?=[0-9( ])", "-"],
  ["(?<=[0-9)]-) (?=[0-9(])", ""],
];

const replace = ([pattern, content]: [string, string]) => ({
  type: "Replace",
  pattern: { Regex: pattern },
  content,
});

/**
 * The `tokenizer.json` of a vocabulary: single digits, words with the space before them, and letters where a word is
 * not in it. Hugging Face's libraries and llama.cpp read it too.
 * @param words whole words, those inside a sentence with a space in front
 */
export function tokenizerFile(words: readonly string[]): TokenizerFile {
  const contents = [...Object.values(specialTokens), answerMark];
  const vocab: Record<string, number> = {};
  for (const content of contents) vocab[content] = Object.keys(vocab).length;
  for (const text of [...characters, ...words]) vocab[toByteLevel(text)] ??= Object.keys(vocab).length;
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: contents.map((content, id) => ({
      id,
      content,
      special: content !== answerMark,
      normalized: false,
      single_word: false,
      lstrip: false,
      rstrip: false,
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "NFKC" }, { type: "Lowercase" }, ...questionRules.map(replace)],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        {
          type: "Split",
          pattern: { Regex: `${wordPattern}|\\p{N}|\\s|[^\\s\\p{L}\\p{N}]` },
          behavior: "Isolated",
          invert: false,
        },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
      vocab,
      merges: [],
    },
  };
}
