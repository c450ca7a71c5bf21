/** What became of a file on a list of disposal, in the order in which pages show it. */
export const itemStates = ['due', 'erased', 'held', 'needed', 'stays', 'gone'] as const;
export type ItemState = (typeof itemStates)[number];
