"""What a user can ask of an atlas: build it, open it, save its answers, measure it, check it."""
