const countable =
  "apple, orange, banana, pear, plum, peach/es, lemon, mango/es, cherry/cherries, strawberry/strawberries, grape, melon, tomato/es, potato/es, carrot, onion, egg, cookie, cake, muffin, cupcake, doughnut, sandwich/es, pizza, candy/candies, sweet, chocolate, lollipop, biscuit, bun, roll, bagel, pancake, book, magazine, comic, notebook, pencil, pen, crayon, eraser, marker, ruler, sticker, stamp, card, coin, marble, bead, button, ball, balloon, toy, doll, puzzle, kite, car, truck, bike, brick, block, stone, shell, leaf/leaves, flower, rose, tulip, tree, plant, seed, bulb, bottle, jar, can, cup, mug, plate, bowl, spoon, fork, knife/knives, glass/es, candle, lamp, light bulb, battery/batteries, ticket, photo, picture, poster, letter, postcard, envelope, chair, table, shirt, sock, hat, scarf/scarves, shoe, glove, ring, badge, medal, trophy/trophies, key, phone, tablet, game, video, song, chicken, duck, cow, sheep/=, pig, goat, horse, rabbit, kitten, puppy/puppies, fish/=, bird, goldfish/=, hamster, ant, bee, butterfly/butterflies, nail, screw, bolt, tile, plank, pipe, rope, rug, towel, pillow, blanket, token, paper clip, straw, napkin, ribbon, drum, guitar, violin, magnet, tyre, tire, lego brick, action figure, trading card, baseball card, paper plane, teddy bear, water bottle, tennis ball, gift, present, sea shell, story book, gold coin, silver coin, red marble, blue pen, green apple, toy car, acorn, pine cone, chestnut, walnut, almond, olive, pickle, cucumber, pumpkin, cabbage/s, lamb, turkey, snail, worm, frog, turtle, lizard, spider, cap, coat, dress/es, skirt, jacket, sweater, belt, bag, backpack, basket, bucket, barrel, crate, chocolate bar, candy bar, juice box/es, stuffed animal, board game, dollar bill, pin, needle, hook, feather, charm, bracelet, necklace, earring, watch/es, clock, vase, pot, pan, brush/es, comb, soap, sponge, map, flag, stick, log, rock, pebble, cracker, waffle, taco, burger, hot dog, pie, tart, scone, dumpling, noodle";

export interface Thing {
  one: string;
  many: string;
}

/** Things that one has, buys, gives away; the list says the plural where it is not `…s`. */
export const things: readonly Thing[] = countable.split(", ").map((entry) => {
  const [one, plural = "s"] = entry.split("/");
  if (plural === "=") return { one: one!, many: one! };
  return { one: one!, many: plural === "s" || plural === "es" ? one! + plural : plural };
});

/** What things come in. */
export const containers: readonly Thing[] =
  "box/boxes, bag/bags, pack/packs, packet/packets, crate/crates, basket/baskets, jar/jars, tray/trays, carton/cartons, bucket/buckets, shelf/shelves, drawer/drawers, case/cases, bin/bins, pile/piles, row/rows, bundle/bundles, set/sets, container/containers, sack/sacks, tin/tins, bowl/bowls, stack/stacks, chest/chests, barrel/barrels"
    .split(", ")
    .map((entry) => {
      const [one, many] = entry.split("/");
      return { one: one!, many: many! };
    });
