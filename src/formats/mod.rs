//! Pure codecs between bytes and domain values; no IO.
