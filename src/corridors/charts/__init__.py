"""Charts of the measures and results of an atlas, for print."""
