"""The author-contract workflow: one readable table of moves (states.py) and one module per verb."""
