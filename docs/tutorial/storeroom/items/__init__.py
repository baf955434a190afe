"""Things in a storeroom, counted and lent."""
