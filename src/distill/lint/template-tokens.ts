/** Special tokens of chat templates, which have no business in a row's text: the trainer adds them itself. */
const token =
  /<\|(?:im_start|im_end|endoftext|eot_id|start_header_id|end_header_id|begin_of_text|end_of_text|user|assistant|system|end)\|>|<｜[^｜<>]{1,40}｜>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>/;

/** The first leaked template token in a text. */
export function leakedToken(text: string): string | undefined {
  return token.exec(text)?.[0];
}
