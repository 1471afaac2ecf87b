"""Publications: an analysis frozen under a link, kept in a store until it expires, is replaced or is revoked."""
