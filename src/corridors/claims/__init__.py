"""Claims of texts to verdicts: what is stated, what the facts give, and whether the two agree."""
