/** What a hand-written program is: one run gives the values of the queries, or undefined when it is rejected. */
export type HandWritten = () => Readonly<Record<string, number>> | undefined;
