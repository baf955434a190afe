"""The list of contracts: columns, filters, views, what is done with many at once."""
