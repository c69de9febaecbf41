"""How dangerous a cell is, and who lets it run. A label that catches accidents and shows where to look: no sandbox."""
