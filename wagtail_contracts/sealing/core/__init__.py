"""Pure: bytes and words, without Django."""
