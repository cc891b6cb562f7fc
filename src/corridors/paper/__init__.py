"""The atlas on paper: figures, charts and documents, drawn with fonts of their own and the same for every reader."""
