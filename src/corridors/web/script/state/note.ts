/* Notes in the console about what an address, or a page around this one, asks for and is not there. */

export const note = (words: string): void => {
  // biome-ignore lint/suspicious/noConsole: the only place that readers of scripts, and no others, look at
  console.warn(`corridors: ${words}`);
};
