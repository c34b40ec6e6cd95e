/**
 * Documents: the free-form kinds of text, each as templates in its own voice. Besides the slots of the frames there are {occasion}
 * (`a day of judo`), {compete} {toCompete}, {direction}, {luck}, {head} {aide} {judge} (who writes), {Place} (capitalized), {better} (`first` or `second`).
 * An event's text is one of `event`, or of `surprise` for the surprising one; a remark on somebody's form follows it.
 */

export type FreeFormDocument = {
  readonly name: 'story' | 'notes' | 'recap' | 'chat' | 'report' | 'table';
  readonly intro: readonly string[];
  readonly event: readonly string[];
  readonly surprise: readonly string[];
  readonly remark: readonly string[];
  /** A remark that explains the surprising result, and one that makes it surprising. */
  readonly reason: readonly string[];
  readonly despite: readonly string[];
};

const STORY: FreeFormDocument = {
  name: 'story',
  intro: [
    'Nobody paid much attention when {occasion} began. The {entities} were to {toCompete} {sides}. The old hands agreed on what mattered: {traits}, which {stays} the same all {span}, and {factors}, which {changes} from {event} to {event}. {direction} {tendencyText} {luck}',
    'Everyone remembers {occasion}, where {entities} were to {toCompete} {sides}. Beforehand the talk was of why some {entities} do better than others. It comes down to {traits}, they said, which {stays} the same all {span}, and to {factors}, which {changes} with every {event}. {direction} {tendencyText} {luck}',
  ],
  event: [
    'In {place}, {first} {won} {second}.',
    'When {place} came, {first} {won} {second}.',
    'Then came {place}, and {first} {won} {second}.',
  ],
  surprise: [
    "Then, to everyone's surprise, {first} {won} {second} in {place}.",
    'What happened in {place} made people gasp. In the end {first} {won} {second}.',
  ],
  remark: ["People noticed that {who}'s {factor} seemed {level}.", "Even from afar, {who}'s {factor} looked {level}."],
  reason: [
    "Only later did someone mention that {who}'s {factor} had seemed {level} all along.",
    "It made more sense once people recalled that {who}'s {factor} had looked {level}.",
  ],
  despite: [
    "Nobody had expected it, because {who}'s {factor} had seemed {level}.",
    "It was all the more surprising since {who}'s {factor} had looked {level}.",
  ],
};

const NOTES: FreeFormDocument = {
  name: 'notes',
  intro: [
    "{head}'s notes on {occasion}, {entities} {sides}. Stays the same all {span}: {traits}. Changes from {event} to {event}: {factors}. {direction} {tendencyText} {luck}",
    'Notes after {occasion} ({entities} {sides}), kept by the {headLower}. To remember: {traits} {stays} the same all {span}; {factors} {changes} with every {event}. {direction} {tendencyText} {luck}',
  ],
  event: ['- {Place}: {first} {won} {second}.', '- {Place}, held as planned: {first} {won} {second}.'],
  surprise: [
    '- {Place}: did not see this coming. Still, {first} {won} {second}.',
    '- {Place}, a shock: {first} {won} {second}.',
  ],
  remark: ["Noted that {who}'s {factor} seemed {level}.", "By the way, {who}'s {factor} looked {level}."],
  reason: ["Why? I think because {who}'s {factor} seemed {level}.", "Likely reason: {who}'s {factor} looked {level}."],
  despite: ["And that although {who}'s {factor} seemed {level}.", "All this while {who}'s {factor} looked {level}!"],
};

const RECAP: FreeFormDocument = {
  name: 'recap',
  intro: [
    'Recap of {occasion}, where {entities} {compete} {sides}. For newcomers: what counts is {traits}, the same all {span}, together with {factors}, different in each {event}. {direction} {tendencyText} {luck}',
    'This is the story of {occasion}, where {entities} {compete} {sides}. As our readers know, results come from {traits}, the same all {span}, and from {factors}, new in each {event}. {direction} {tendencyText} {luck}',
  ],
  event: [
    '{Place} saw a clear result, as {first} {won} {second}.',
    'In {place}, {first} {won} {second}.',
    '{first} {won} {second} in {place}.',
  ],
  surprise: [
    'The upset of the {span} came in {place}, when {first} {won} {second}.',
    'Against all predictions, {first} {won} {second} in {place}.',
  ],
  remark: [
    "Observers found that {who}'s {factor} seemed {level}.",
    "Onlookers agreed that {who}'s {factor} looked {level}.",
  ],
  reason: [
    "Part of the explanation may be that {who}'s {factor} seemed {level}.",
    "Those close by put it down to the fact that {who}'s {factor} looked {level}.",
  ],
  despite: [
    "Few had thought it possible, as {who}'s {factor} seemed {level}.",
    "It came although {who}'s {factor} looked {level}.",
  ],
};

const CHAT: FreeFormDocument = {
  name: 'chat',
  intro: [
    '{aide}: how does {occasion} go? I am new here.\n{head}: easy. The {entities} {compete} {sides}. How well it goes depends on {traits}, the same all {span}, and on {factors}, different in each {event}. {direction} {tendencyText}\n{judge}: also, {luckLower}',
    '{head}: welcome to {occasion}! The {entities} {compete} {sides}.\n{aide}: and what counts?\n{judge}: {traits}, the same all {span}, and {factors}, new in each {event}. {direction} {tendencyText} {luck}',
  ],
  event: [
    '{judge}: {place} is over. In it {first} {won} {second}.',
    '{aide}: just in, {first} {won} {second} in {place}.',
    '{head}: in {place}, {first} {won} {second}.',
  ],
  surprise: [
    '{aide}: wow! In {place}, {first} {won} {second}.',
    '{judge}: you will not believe {place}. Really, {first} {won} {second}.',
  ],
  remark: ["Also saw that {who}'s {factor} seemed {level}.", "To my eye {who}'s {factor} looked {level}."],
  reason: ["I guess it is because {who}'s {factor} seemed {level}.", "No wonder, {who}'s {factor} looked {level}."],
  despite: ["And yet {who}'s {factor} seemed {level}!", "Strange, since {who}'s {factor} looked {level}."],
};

const REPORT: FreeFormDocument = {
  name: 'report',
  intro: [
    'Official report on {occasion}. Form: {entities} {compete} {sides}. Basis of assessment: {traits}, constant over the {span}, and {factors}, varying from {event} to {event}. {direction} {tendencyText} {luck} In each entry two sides are named in order.',
    "{judge}'s report on {occasion}. The {entities} {compete} {sides}. Results rest on {traits}, constant over the {span}, and on {factors}, varying with each {event}. {direction} {tendencyText} {luck} Every entry names a first and a second side.",
  ],
  event: [
    '{Place}. Sides: {first}; {second}. Finding: the {better} side did better.',
    '{Place}: {first} against {second}. The {better} side did better.',
  ],
  surprise: [
    '{Place}. Sides: {first}; {second}. Finding, contrary to expectation: the {better} side did better.',
    '{Place}: {first} against {second}. Unexpectedly, the {better} side did better.',
  ],
  remark: ["On record: {who}'s {factor} seemed {level}.", "It was noted that {who}'s {factor} looked {level}."],
  reason: [
    "Probable cause: {who}'s {factor} seemed {level}.",
    "In explanation it was stated that {who}'s {factor} looked {level}.",
  ],
  despite: [
    "This in spite of the fact that {who}'s {factor} seemed {level}.",
    "It is remarkable in that {who}'s {factor} looked {level}.",
  ],
};

const TABLE: FreeFormDocument = {
  name: 'table',
  intro: [
    'Table of results of {occasion} ({entities} {sides}). Causes: {traits} ({stays} the same all {span}); {factors} ({changes} from {event} to {event}). {direction} {tendencyText} {luck}\n{Event} | First side | Second side | Better side | Remark',
    'Results of {occasion}. The {entities} {compete} {sides}. What counts: {traits}, the same all {span}, and {factors}, different in each {event}. {direction} {tendencyText} {luck}\n{Event} | First side | Second side | Who did better | Notes',
  ],
  event: ['{number} | {first} | {second} | {better} |'],
  surprise: ['{number} | {first} | {second} | {better} (a surprise) |'],
  remark: ["{who}'s {factor} seemed {level}.", "{who}'s {factor} looked {level}."],
  reason: ["Reason: {who}'s {factor} seemed {level}.", "Explained by this: {who}'s {factor} looked {level}."],
  despite: ["In spite of this: {who}'s {factor} seemed {level}.", "Although {who}'s {factor} looked {level}."],
};

export const DOCUMENTS: readonly FreeFormDocument[] = [STORY, NOTES, RECAP, CHAT, REPORT, TABLE];
