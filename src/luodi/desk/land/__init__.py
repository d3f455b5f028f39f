"""Land: parcels, the atlas, listing batches and the choice of sites."""
