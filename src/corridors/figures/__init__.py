"""Maps for print, with the fonts of the package and the same for every reader."""
