const shortWords = new Set(
  (
    "no on of or if is it in at to by so do go we he an as be my up us am and the for are not but all any can has had her " +
    "his how its may new now old one two six ten see she who did yes you was way day odd even both each from have into " +
    "left less like many more most much none only over plus same some such than that them then this time true very were " +
    "what when will with year zero four five nine half sum red mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep " +
    "oct nov dec hour cm mm km kg mg ml ft yd mi lb oz hr min sec mph kmh units unit usd eur gbp cat dog pig cow hen bee man " +
    "men boy girl box cup pen bag bus car hat key map net top tie art ear eye gap ice job leg lip oil sea sky " +
    "tea toe zoo blue pink gold grey tall away"
  ).split(" "),
);

/** Whether a short word reads as English rather than as a product of variables. */
export function isEnglish(word: string): boolean {
  return (
    shortWords.has(word.toLowerCase()) ||
    (word.length >= 3 && /[aeiou]/.test(word) && !/^[abcdxyz]+$/.test(word))
  );
}
