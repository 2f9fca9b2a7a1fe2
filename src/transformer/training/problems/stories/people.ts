/** Names of many places; training sees most of them rarely, so that a name never matters. */
const women =
  "anna mia emma lena sara julia maria lisa nina laura eva zoe ella amy kate jane mary susan linda olivia sophia ava lucy grace chloe ruby alice rosa elena clara nora ida fatima aisha mei yuki priya anita layla leila ines carmen lucia ana sofia natalie rachel hannah megan jessica betty weng julie claire marie amina zainab chen xia ingrid astrid freya greta heidi marta paula irene olga tanya vera yara zara joy hope faith ivy daisy lily rose violet maya nadia samira wendy tina gina becky sandra monica karen janet marion carla martha nancy donna carol diane doris";
const men =
  "tom ben max leo paul peter john jack sam tim jim mike david james robert adam alex noah liam luke mark eric oscar felix jonas lukas omar ali hassan ahmed raj arjun ravi wei hiro kenji carlos juan pedro luis diego marco mario antonio ivan boris sergey jan lars erik sven otto hugo victor henry george charlie harry oliver ethan logan mason jacob michael daniel joseph matthew andrew ryan kevin brian toby bobby billy johnny danny tony frank fred greg gary larry jerry carl dennis walter albert arthur kofi kwame tariq yusuf ibrahim chris nick steve joe bill bob rob dan ken ron ted roy ray dean neil";
const others = "robin jordan taylor casey morgan".split(" ");

export interface Person {
  name: string;
  /** At every mention but the first: `the farmer` after `a farmer`. */
  again?: string;
  /** Takes `have`, not `has`. */
  plural?: true;
  he: string;
  him: string;
  his: string;
}

export const people: readonly Person[] = [
  ...women.split(" ").map((name) => ({ name: capital(name), he: "she", him: "her", his: "her" })),
  ...men.split(" ").map((name) => ({ name: capital(name), he: "he", him: "him", his: "his" })),
  ...others.map((entry) => ({ name: capital(entry), he: "he", him: "him", his: "his" })),
  ...[
    "a farmer",
    "a teacher",
    "a baker",
    "a shopkeeper",
    "a collector",
    "a student",
    "a gardener",
    "a driver",
    "a worker",
    "a boy",
    "a man",
    "a builder",
    "a librarian",
  ].map((role) => ({ name: role, again: role.replace(/^a /, "the "), he: "he", him: "him", his: "his" })),
  ...[
    "a girl",
    "a woman",
    "my sister",
    "my mother",
    "my friend",
    "our neighbour",
    "Mrs Smith",
    "Ms Lee",
    "my aunt",
    "grandma",
  ].map((role) => ({
    name: role,
    again: role.replace(/^a /, "the "),
    he: "she",
    him: "her",
    his: "her",
  })),
  ...["my brother", "my father", "Mr Brown", "Mr Jones", "dad", "my uncle", "grandpa", "my cousin"].map(
    (role) => ({
      name: role,
      he: "he",
      him: "him",
      his: "his",
    }),
  ),
];

/** Who tells of themselves, or of several: never a second person in a story. */
export const speakers: readonly Person[] = [
  { name: "I", he: "I", him: "me", his: "my", plural: true },
  { name: "I", he: "I", him: "me", his: "my", plural: true },
  { name: "you", he: "you", him: "you", his: "your", plural: true },
  { name: "we", he: "we", him: "us", his: "our", plural: true },
  ...[
    "the children",
    "two friends",
    "the students",
    "some kids",
    "the workers",
    "my parents",
    "the twins",
  ].map(
    (name) =>
      ({
        name,
        again: name.replace(/^(two|some) /, "the "),
        he: "they",
        him: "them",
        his: "their",
        plural: true,
      }) as const,
  ),
];

export function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
