/* Stands for what the page gives a late script (`#parts/NAME`) where nothing is bundled: modules then import each other. */
export const parts = (): unknown[] => [];
