"""Maps for print, drawn with fonts of their own and the same for every reader."""
