"""What a map shows, before any medium: features, cards, legend, style, words."""
