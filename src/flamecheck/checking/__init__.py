"""A run over files: drafts in, outcomes out, in order; what was screened before is not screened again."""
