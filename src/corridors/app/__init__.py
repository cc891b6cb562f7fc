"""Everything that a user can do with an atlas: build it, open it, save its results, measure it, check it."""
