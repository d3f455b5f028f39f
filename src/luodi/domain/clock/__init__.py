"""The statutory clock: budget, what is used up, what stops it and on which ground, and when it runs out."""
