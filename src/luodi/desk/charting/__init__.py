"""The plan drawn: the wall chart on page and paper, what each reform is worth, and the handbook behind it."""
