"""Reports, articles, embeds, and the files of figures and charts."""
