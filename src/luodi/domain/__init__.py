"""Pure Python: no Django, no clock, no disk but one reader; frozen values in, frozen values out."""
