"""What a company exports of its past posts, one file a format; no archive imports another."""
