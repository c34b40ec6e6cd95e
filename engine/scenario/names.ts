/** Names of people: short, easily told apart, none a common word, none ending in s (so that the possessive is always 's). */
import type { Subject } from './domains/subject.ts';

/** First names; those of one scenario are drawn without replacement. */
export const PEOPLE = (
  'Abena Ada Adil Aiko Alba Amara Anders Anouk Arlo Asha Astrid Aziz Bela Bianca Bodhi Brigid Bruno Camila Carmen Cedric Chidi Clara ' +
  'Cosima Dalia Danilo Dara Delia Dmitri Edda Elif Elio Emeka Enzo Esme Ezra Farah Felipe Fenna Fiona Florian Freya Gael Gemma ' +
  'Gideon Greta Hamid Hana Hugo Ilse Imani Ingrid Isaac Ivo Jalil Jana Javier Joana Jonah Jorah Juno Kaito Kamal Karim Keiko Kenji ' +
  'Kira Kofi Lars Layla Leif Lena Leona Liam Linnea Lorenzo Lucia Luka Maeve Magnus Malik Marek Marta Mateo Maya Mei Milan Mina ' +
  'Mira Nadia Naomi Nico Nils Nina Nora Odile Olga Omar Oona Orla Oskar Otto Paloma Pavel Petra Pilar Priya Quentin Rafael Rania ' +
  'Renata Rhea Rohan Rosa Ruben Sabine Samir Saskia Selma Signe Simone Soren Stella Sunita Tamar Tariq Tessa Theo Tilda Tomoko ' +
  'Ulla Uma Vera Viktor Wanda Wendell Xenia Yara Yusuf Zadie Zane Zora'
)
  .split(' ')
  .filter((name) => !name.endsWith('s'));

/** Call-signs of what is not a person. */
export const CALL_SIGNS = (
  'Alder Amber Argon Aspen Basalt Beacon Birch Breeze Cedar Cinder Cobalt Comet Copper Coral Crater Dune Ember Falcon Fern Fjord Flint ' +
  'Galaxy Garnet Glacier Granite Harbor Hazel Helium Heron Indigo Iris Ivory Jade Juniper Kelp Kestrel Lagoon Larch Lava Linden Lotus ' +
  'Magma Maple Meteor Mistral Monsoon Nebula Neon Nickel Nova Oak Onyx Opal Orbit Orchid Osprey Pebble Pine Plasma Quartz Quasar Raven ' +
  'Reef Robin Ruby Saffron Sage Sierra Silver Slate Solar Sparrow Spruce Summit Sycamore Tempest Thistle Thunder Timber Topaz Tundra ' +
  'Umber Vale Vega Velvet Vertex Violet Walnut Willow Zenith Zephyr Zircon'
)
  .split(' ')
  .filter((name) => !name.endsWith('s'));

/** The names for a subject: none is a word of the subject itself, such as a falcon called Falcon. */
export function namesFor({ name, entity, hasThings }: Pick<Subject, 'name' | 'entity' | 'hasThings'>): string[] {
  const words = `${name} ${entity.one}`.toLowerCase();
  return (hasThings ? CALL_SIGNS : PEOPLE).filter((candidate) => !words.includes(candidate.toLowerCase()));
}
