"""Publications: an analysis frozen under a link, kept in a store with its versions until it expires or is revoked."""
