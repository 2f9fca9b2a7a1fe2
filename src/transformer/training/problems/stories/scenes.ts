/**
 * A scene is a stock that grows, shrinks, comes in groups and is shared out. Each part has several wordings, and any
 * start goes with any events and the question, so that few lines become many stories of every structure.
 *
 * Slots: {x} and {y} are the part's own numbers; {n} a person, {he} {him} {his} {He} {His} the pronouns, {m} a second
 * person, {t} the things, {t1} one of them, {box} {boxes} a container.
 */
export interface Scene {
  /** There are {x}. */
  start: readonly string[];
  /** {x} more come. */
  gain: readonly string[];
  /** {x} go. */
  loss: readonly string[];
  /** How many there are at the end. */
  now: readonly string[];
  /** {x} groups of {y}. */
  groups?: readonly string[];
  /** {x} things at {y} each: money that is spent, so it cannot be shared out later. */
  prices?: readonly string[];
  /** The question after `groups` or `prices` alone. */
  total?: readonly string[];
  /** {x} groups of {y} more. */
  gainGroups?: readonly string[];
  /** {y} go to each of {x}. */
  lossGroups?: readonly string[];
  /** What there is, shared by {x}, with its question. */
  share?: readonly string[];
}

export const scenes: readonly Scene[] = [
  {
    start: [
      "{n} [has|had|owns|starts with|started with] {x} {t}.",
      "{n} [has|had|keeps|kept|collected|owned] {x} {t} [in a {box}|at home|in {his} room|in {his} bag|on a shelf|on the table].",
      "There [are|were] {x} {t} in {n}'s [{box}|bag|room|collection|basket].",
      "{n} [bought|found|collected|got|gathered|picked up|made] {x} {t}[| yesterday| on monday| last week| this morning| at the shop| at school].",
      "[Yesterday|Last week|In the morning|On monday|At first|At the start|One day], {n} had {x} {t}.",
      "{n}'s collection has {x} {t}.",
      "[In total|Altogether], {n} has {x} {t}.",
    ],
    gain: [
      "{He} [buys|bought|gets|got|finds|found|receives|received|wins|won|collects|makes|earns|picks up] {x} more[| {t}].",
      "{He} [buys|bought|finds|found|gets|gets|receives] {x} {t} [more|on the next day|the next day|later|at the market|in the afternoon|from a shop].",
      "{m} [gives|gave|hands|sends|sent|brings|brought] {him} {x} [more|more {t}|{t}|others|additional {t}].",
      "Then {he} [buys|finds|gets|receives|is given|wins] another {x}[| {t}].",
      "{His} [friend|mother|father|sister|brother|teacher|uncle|grandmother] [gives|gave] {him} {x} [more|more {t}|{t}|extra {t}].",
      "After that {he} [adds|added] {x} {t}[| to them| to {his} collection].",
      "[Later|The next day|After lunch|On tuesday|For {his} birthday|At the fair][,|] {he} [gets|got|receives|buys|finds|won] {x} more[| {t}].",
      "{He} [is given|was given|gets] {x} {t} [by|from] {m}.",
    ],
    loss: [
      "{He} [gives|gave|sends|hands] {x} [of them |{t} |][to {m}|to a friend|to {his} friend|to {his} sister|to {his} brother|to a classmate|to the neighbours].",
      "{He} [loses|lost|sells|sold|uses|used|gives away|gave away|throws away|breaks|broke|donates|drops] {x} [of them|{t}|of the {t}].",
      "{m} [takes|took|borrows|borrowed|gets|steals|buys] {x} of [them|the {t}|{his} {t}].",
      "Then {he} [loses|sells|uses|gives away|uses up] {x} [of them|{t}].",
      "[Later|The next day|After lunch|On tuesday|In the evening|At school][,|] {he} [loses|lost|gives away|sold|uses|used] {x} [of them|{t}].",
      "{x} of [them|the {t}|{his} {t}] [get lost|break|are broken|are stolen|are sold|are given away|were lost|go missing|are thrown away].",
      "{He} [trades|traded] away {x} [of them|{t}].",
    ],
    now: [
      "How many {t} does {n} [have|have now|have left|have in total|own now|have in the end|have at the end|still have|end up with|have altogether]?",
      "How many {t} [are there|are there now|are left|remain|does {he} have|does {he} have now|does {he} have left|does {he} still have]?",
      "How many does {he} have [now|left|in the end|in total|altogether|at the end]?",
      "[What is|What's] the number of {t} that {n} has [now|in the end|at the end]?",
      "How many {t} is that [now|in total|in the end]?",
      "[Find|Calculate|Work out|Tell me] how many {t} {n} has [now|in the end|left].",
      "[Now|In the end|Finally|After this|After all this], how many {t} [does {n} have|does {he} have|are there]?",
      "How many {t} will {n} have [then|at the end|after that]?",
    ],
    groups: [
      "{n} [has|had|buys|bought|owns|gets|fills|packs] {x} {boxes} [of|with] {y} {t}[| each| in each].",
      "{n} [has|buys|bought] {x} {boxes}. [Each {box}|Each one|Every {box}|Each of them] [holds|has|contains] {y} {t}.",
      "There are {y} {t} in [each|every] {box}[,|] and {n} has {x} {boxes}.",
      "{n} [puts|put|packs|places] {y} {t} [in|into] each of {x} {boxes}.",
      "{n} [makes|collects|buys|finds|gets|sells] {y} {t} {aday} for {x} {days}.",
      "[Each|Every] {box} [holds|contains|has] {y} {t}. {n} [has|buys|bought|fills|orders] {x} [{boxes}|such {boxes}|of these {boxes}|of them].",
      "{n} [gets|receives|collects|got] {y} {t} from each of {his} {x} friends.",
      "With {y} {t} [in each|per|to a] {box}, {n} has {x} [full |]{boxes}.",
    ],
    total: [
      "How many {t} does {n} have[| in total| altogether| in all| now]?",
      "How many {t} are there [in total|altogether|in all|]?",
      "How many {t} [is that|is that in total|is that altogether|does that make|are there in {x} {boxes}]?",
      "[What is|What's] the total number of {t}?",
      "[Find|Calculate|Work out] the [total |]number of {t}.",
      "In total, how many {t} [are there|does {n} have]?",
    ],
    gainGroups: [
      "{He} [buys|gets|finds|bought|receives] {x} {boxes} [of|with] {y}[| {t}| each].",
      "{He} [buys|gets|bought|receives|orders] {x} more {boxes} with {y} {t} [each|in each].",
      "{x} friends [give|gave|bring] {him} {y} {t} each.",
      "For {x} {days} {he} [gets|finds|collects|makes] {y} more {aday}.",
      "Each of {x} friends [gives|gave|brings] {him} {y} [more|{t}|more {t}].",
    ],
    lossGroups: [
      "{He} [gives|gave|hands] {y} {t} to each of {x} [friends|children|classmates|neighbours|people].",
      "{He} [gives|gave] {x} [friends|children|people|neighbours] {y} {t} each.",
      "{He} [fills|packs|sells|gives away] {x} {boxes} [with|of] {y} {t} each.",
      "For {x} {days} {he} [uses|eats|sells|loses|gives away] {y}[| {t}] {aday}.",
      "{x} [friends|children|people] [take|took|borrow] {y} {t} each.",
    ],
    share: [
      "{He} [shares|shared|divides|splits|gives out|divided] [them|all of them|the {t}|all the {t}] [equally|evenly|fairly] [among|between|with] {x} [friends|children|people|students]. How many {t} does each [friend|child|person|one|of them|student] get?",
      "{He} [puts|packs|sorts|places|puts] [them|the {t}|all of them|all the {t}] [equally |evenly |]into {x} {boxes}[, the same number in each|, with the same number in each|]. How many {t} are [in each {box}|in one {box}|in every {box}]?",
      "If [they|the {t}|all of them] are [shared|split|divided] [equally |evenly |]among {x} [friends|children|people|students], how many does each [get|receive]?",
      "{He} packs [them|the {t}] in {boxes} of {x}. How many {boxes} [does {he} need|does {he} fill|are there|can {he} fill]?",
      "[Each|Every] {box} [holds|takes|has room for] {x} {t}. How many {boxes} [does {he} need|can {he} fill|are needed] [for them|for all of them|]?",
      "{He} [uses|eats|sells|gives away] {x} {t} {aday}. How many {days} [will they last|do they last|until they are all gone|does it take until all are gone]?",
      "{He} arranges [them|the {t}] in {x} equal [rows|piles|groups]. How many {t} are in each [row|pile|group]?",
      "{He} makes piles of {x}. How many piles [are there|does {he} get|does {he} make]?",
    ],
  },
  {
    start: [
      "[There are|There were|A bus carries|A train has|A ship has] {x} [people|passengers] on [a bus|a train|the bus|the tram|a plane|a boat|board].",
      "A [bus|train|tram|ferry] [starts|leaves|sets off|departs] with {x} passengers.",
      "A [bus|train|tram] has {x} [passengers|people] [on board|in it|on it].",
      "{x} [people|passengers] are [sitting |riding |]on a [bus|train|tram].",
    ],
    gain: [
      "[At the first stop|At the next stop|Then|At the station|Later] {x} [more |]people get on.",
      "{x} [people|passengers|children] [get on|board|join|climb in].",
      "At a stop, {x} [more|others|new passengers] get on.",
      "{x} more [people|passengers] [get in|come on board|step on|board it].",
    ],
    loss: [
      "[At the first stop|At the next stop|Then|At the station|Later] {x} people get off.",
      "{x} [people|passengers|of them] [get off|leave|get out|step off|leave the bus].",
      "At a stop, {x} [get off|of them get off|people leave].",
    ],
    now: [
      "How many [people|passengers] are [on it|on board|left|there|riding] now?",
      "How many [people|passengers] are [left|still on board|on board at the end|there in the end]?",
      "How many [people|passengers] [does it carry|are there|remain] [now|at the end|then]?",
    ],
    groups: [
      "{x} buses [carry|take|bring] {y} [people|passengers|students] each.",
      "A train has {x} [cars|coaches|wagons] with {y} [seats|people|passengers] in each.",
    ],
    total: [
      "How many is that [in total|altogether|]?",
      "How many are [there|carried] [in all|in total|altogether]?",
    ],
  },
  {
    start: [
      "A [shop|store|market|supermarket|kiosk|bakery|farm stand] [has|had|starts the day with|started with|has in stock] {x} {t}.",
      "There [are|were] {x} {t} in [a shop|the store|the storeroom|stock|a warehouse].",
      "[This morning|On monday|At opening time] [a shop|a store|the shop|the seller] had {x} {t}.",
      "A [seller|merchant|trader|shop owner] has {x} {t} [for sale|to sell|in stock].",
    ],
    gain: [
      "[Then |Later |In the afternoon ||]a delivery of {x} [more|more {t}|{t}] [arrives|comes|comes in].",
      "{x} [more|more {t}|new {t}|{t}] are [delivered|ordered|brought|added].",
      "The shop [orders|buys|receives|gets] {x} [more|more {t}|new {t}].",
      "Customers [return|bring back] {x} [{t}].",
    ],
    loss: [
      "[It sells|They sell|The shop sells|The shop sold] {x} [of them|{t}|during the day|in the morning|by noon].",
      "{x} [of them|{t}|of the {t}] [are sold|were sold|are bought|go bad|are damaged|are thrown away|are returned to the factory].",
      "[Customers|People|A customer] [buy|bought] {x} [of them|{t}|of the {t}].",
      "On [saturday|monday|the first day], {x} {t} are sold.",
    ],
    now: [
      "How many {t} [are left|remain|are there now|does the shop have now|does it have now|are still there|are in stock now]?",
      "How many {t} [are left|remain] [in the shop|in stock|unsold|at the end of the day|in the evening]?",
      "[What is|What's] the number of {t} [in the shop now|left|in stock now]?",
      "How many [does the shop have|are there] [now|at the end|in the end]?",
    ],
    groups: [
      "A [shop|store|market|warehouse] [has|receives|gets|orders|sells] {x} {boxes} [of|with] {y} {t}[| each| in each].",
      "A [shop|store] [sells|sold] {y} {t} {aday} for {x} {days}.",
      "In a [shop|store|warehouse] there are {x} {boxes} with {y} {t} [each|in each|per {box}].",
      "{x} {boxes} arrive at a [shop|store]. [Each|Every one] [has|holds|contains] {y} {t}.",
    ],
    total: [
      "How many {t} is that[| in total| altogether]?",
      "How many {t} are there [in total|altogether|in all|]?",
      "[What is|What's] the total number of {t}?",
      "How many {t} are there?",
    ],
    gainGroups: [
      "[Then |]{x} {boxes} [of|with] {y} {t} [each |]are delivered.",
      "It [receives|orders|gets] {x} more {boxes} with {y} {t} each.",
    ],
    lossGroups: [
      "[It sells|They sell|The shop sells] {x} {boxes} of {y}[| {t}| each].",
      "{x} customers [buy|bought|take] {y} [each|{t} each].",
      "It sells {y} {t} {aday} for {x} {days}.",
    ],
    share: [
      "[They|The {t}|All of them] are [packed|put|placed|sorted] [equally |evenly |]into {x} {boxes}. How many {t} are in each {box}?",
      "They are [sold|packed] in {boxes} of {x}. How many {boxes} [is that|are there|are needed|can be filled]?",
      "They are [placed|arranged|spread] evenly on {x} shelves. How many {t} are on each shelf?",
      "The shop sells {x} [of them |]a day. How many days [do they last|will they last]?",
    ],
  },
  {
    start: [
      "{n} [has|had|has saved|saved|starts with|started with] {xm}.",
      "{n} has {xm} in [{his} wallet|{his} purse|{his} pocket|the bank|{his} piggy bank|{his} account].",
      "There [is|was] {xm} in {n}'s [wallet|purse|account|piggy bank].",
      "{n} [got|earned|won|received] {xm}[| for {his} birthday| last week| on friday].",
    ],
    gain: [
      "{He} [earns|earned|gets|got|receives|finds|found|saves|wins|saved] [another |]{xm}[| more| by working| from {his} aunt| in the street].",
      "{m} [gives|gave|pays|lends|sends] {him} {xm}[| more].",
      "{His} [father|mother|uncle|grandfather|boss] [gives|gave|pays] {him} {xm}[| more].",
      "Then {he} [earns|gets|receives|saves] {xm} [more|mowing lawns|washing cars|babysitting|on top].",
    ],
    loss: [
      "{He} [spends|spent|pays|paid] {xm} [on|for] [a {t1}|lunch|food|a toy|a present|a ticket|clothes|books|some {t}].",
      "{He} [buys|bought] [a {t1}|some {t}|a ticket|lunch|a shirt|a game] for {xm}.",
      "{He} [gives|lends|gave] {xm}[| to a friend| to {m}].",
      "Then {he} [spends|pays|loses] {xm}.",
      "A [{t1}|ticket|meal|book] costs {him} {xm}.",
    ],
    now: [
      "How much money does {n} [have|have now|have left|still have|have in the end]?",
      "How much [money |][does {he} have|does {he} have now|does {he} have left|is left|is left over|remains]?",
      "How many {unit} [does {n} have now|does {he} have left|are left|are there now|does {he} have]?",
      "How much does {he} have [now|left|in the end|at the end]?",
      "[Find|Calculate|Work out] how much money {n} has [now|left|in the end].",
    ],
    groups: [
      "{n} [earns|gets|makes|saves] {ym} {aday} [for|over] {x} {days}.",
      "{n} sells {x} {t} [for|at] {ym} each.",
    ],
    prices: [
      "{n} [buys|bought|orders|needs] {x} {t} [for|at] {ym} each.",
      "[A|One|Each] {t1} costs {ym}. {n} [buys|bought|orders|needs|wants] {x} [of them|{t}].",
      "[A ticket|Entry|Admission] costs {ym} [per person|each]. {x} people go.",
      "{x} {t} cost {ym} each.",
      "The price of [a|one] {t1} is {ym}. {n} [takes|buys|gets] {x}.",
    ],
    total: [
      "How much [is that|is it|is that in total|is that altogether|money is that|does that make]?",
      "How much [money |]is it [in total|altogether|in all]?",
      "[What is|What's] the total[| amount| sum| price]?",
      "How many {unit} is that?",
    ],
    gainGroups: [
      "{He} [earns|gets|saves] {ym} {aday} for {x} {days}.",
      "{x} [friends|people|customers|neighbours] [give|pay|gave] {him} {ym} each.",
    ],
    lossGroups: [
      "{He} [buys|bought|pays for|orders] {x} {t} [for|at|that cost] {ym} each.",
      "{He} [spends|pays] {ym} {aday} for {x} {days}.",
      "{He} [buys|gets] {x} {t}. [Each|Each one|Each {t1}] costs {ym}.",
      "{He} gives {ym} to each of {x} [friends|children|people].",
    ],
    share: [
      "{He} [shares|splits|divides] [it|the money] [equally|evenly] [among|between|with] {x} [friends|children|people]. How much does each [get|one get|person get|receive]?",
      "[A|One|Each] {t1} costs {xm}. How many {t} can {he} buy[| with it| with that]?",
      "{He} spends {xm} {aday}. How long does [it|the money] last?",
      "If {he} [shares|splits] it equally [among|between] {x} people, how much does each [get|receive]?",
    ],
  },
  {
    start: [
      "A [tank|barrel|pool|bucket|water tank|container] [holds|contains|has|had] {x} {vol}[| of water].",
      "There [are|were] {x} {vol} of [water|oil|milk|juice|fuel] in [a tank|a barrel|a container|the tank].",
    ],
    gain: [
      "{x} [{vol}|more|more {vol}] are [added|poured in|filled in|pumped in].",
      "{n} [adds|pours in|fills in] {x} [more|more {vol}|{vol} more|{vol}].",
    ],
    loss: [
      "{x} [{vol}|of them] [leak out|are used|are taken out|are drained|flow out|evaporate].",
      "{n} [uses|takes out|drains|pours out] {x} [{vol}|of them].",
    ],
    now: [
      "How [much water is in it now|much is in it now|many {vol} are in it now|many {vol} are left|much is left|much remains|much does it hold now|many {vol} does it hold now]?",
      "How much is [in the tank|in it|there] [now|at the end|in the end]?",
    ],
    groups: [
      "A pump [fills|moves|delivers] {y} {vol} {aday} for {x} {days}.",
      "{x} [buckets|barrels|tanks|bottles] [hold|contain] {y} {vol} each.",
    ],
    total: ["How [much|many {vol}] is that[| in total| altogether]?"],
    share: [
      "It is [poured|filled|divided] [equally |evenly |]into {x} [bottles|cans|jars|barrels]. How [many {vol} are in each|much is in each|much does each hold]?",
    ],
  },
  {
    start: [
      "{n} is reading a book [with|of] {x} pages.",
      "A book has {x} pages.",
      "{n}'s book has {x} pages.",
    ],
    gain: ["A second book has {x} pages, which {he} also wants to read."],
    loss: [
      "{He} [has read|read|reads|has already read|already read] {x} [pages|of them|pages so far].",
      "[On monday|Yesterday|Today|In the morning|Last night] {he} [reads|read] {x} [pages|of them].",
      "{n} [read|reads] {x} pages [today|yesterday|in the evening|on sunday].",
    ],
    now: [
      "How many pages [are left|are left to read|does {he} still have to read|remain|are there to read]?",
      "How many [more |]pages does {n} [have to|still have to|need to] read?",
    ],
    groups: [
      "{n} reads {y} pages {aday} for {x} {days}.",
      "{n} [writes|types|reads|prints] {y} pages {aday} for {x} {days}.",
    ],
    total: ["How many pages [is that|does {he} read|are there] [in total|altogether|in all]?"],
    lossGroups: ["{He} reads {y} pages {aday} for {x} {days}."],
    share: [
      "{He} reads {x} pages [a day|every day|each day|each evening]. How many days does {he} need[| for it| for the whole book]?",
      "{He} wants to read [it|the book] in {x} days. How many pages [does {he} have to read|must {he} read|is that] [each day|a day|per day]?",
    ],
  },
  {
    start: [
      "A [farm|farmer|village|zoo|park|ranch] has {x} animals.",
      "There are {x} animals on [a farm|the farm|a ranch].",
    ],
    gain: [
      "{x} [more |]animals are [born|bought|added|brought in].",
      "[The farmer|The owner] [buys|gets] {x} more[| animals].",
    ],
    loss: [
      "{x} [of them|animals] are [sold|moved away|given away].",
      "{x} [animals|of them] [run away|escape|die|leave].",
    ],
    now: [
      "How many animals [are there now|are left|does the farm have now|remain]?",
      "How many [are there|are left] [now|in the end]?",
    ],
    groups: ["A farm has {x} [stables|barns|pens|fields] with {y} animals [in each|each]."],
    total: ["How many animals are there[| in total| altogether| in all]?"],
    share: [
      "The animals are [kept|put|placed] in {x} [pens|stables|barns], the same number in each. How many animals are in each [one|of them]?",
    ],
  },
  {
    start: [
      "A [school|class|club|team|choir|gym|company|course|camp] has {x} [members|people].",
      "There [are|were] {x} [people|guests|children|students|visitors] [at a party|in a room|in a hall|in a museum|at a concert|in the park|at school|in a class].",
      "{x} [people|guests|children|students|visitors] are [at a party|in a room|in a hall|in a museum|in the garden|at the beach].",
    ],
    gain: [
      "{x} [more|new ones|others] [come|arrive|join|come in|enter|show up].",
      "[Then|Later|After an hour|Half an hour later] {x} more [come|arrive|join|join them].",
    ],
    loss: [
      "{x} [of them|people] [leave|go home|go away|left|are sick|quit].",
      "[Then|Later|After an hour|At noon] {x} [go home|leave|left|of them leave].",
    ],
    now: [
      "How many [people |]are [there now|there|left|there in the end|there at the end|still there|present]?",
      "How many [remain|stay|are left|stay there]?",
    ],
    groups: [
      "There are {x} [classes|groups|teams|tables|rows] [with|of] {y} [students|children|players|people|seats|chairs][| each| in each].",
      "A [hall|theater|cinema|stadium|classroom] has {x} rows [of|with] {y} [seats|chairs|people][| each].",
      "{x} [teams|groups|classes] of {y} [players|children|people] take part.",
      "{y} [people|students|guests] [sit|fit] at each of {x} tables.",
    ],
    total: [
      "How many is that [in total|altogether|in all|]?",
      "How many are there [in total|altogether|in all|]?",
      "[What is|What's] the total?",
    ],
    gainGroups: [
      "[Then |]{x} groups of {y} people [come|arrive|join].",
      "{x} cars with {y} people each arrive.",
    ],
    lossGroups: [
      "{x} groups of {y} people [leave|go home].",
      "{x} cars take {y} of them [home |away ||]each.",
    ],
    share: [
      "They [form|make|split into|are put into|are divided into] {x} [equal |]groups[| of the same size]. How many [people |]are in each group?",
      "They [form|make|split into] groups of {x}. How many groups [are there|are formed|is that]?",
      "They sit at {x} tables, [the same number|equally many] at each. How many [people |]sit at each table?",
    ],
  },
];
