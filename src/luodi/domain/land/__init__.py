"""Land as figures: shapes on the ellipsoid, what lies over a parcel and what follows, its conditions, and siting."""
