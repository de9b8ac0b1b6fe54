"""A compiled pack in a file, so that a run that reads one draft does not read and compile every rule first.

What is compiled is a graph of a million small values, most of them words of lexicons that several rules share.  A run
needs the few rules that are candidates for its drafts, so the graph is cut into chunks: all values that are reachable
from exactly the same rules stand in one.  Decoding a rule reads its chunk and the chunks it leads to, and nothing that
it does not need; what two rules share is decoded once and is one object again, as when it was compiled.

The file holds numbers, strings and and values of a fixed list of this program's own classes, never code: whoever changes it
can make findings wrong and nothing else.  It has a checksum over all of it.  What only authors of rules ask for (examples,
conditions as written, places in rule files) is left out.

Law (tests/agreement.py, tests/stored): a ruleset that was stored finds what the one it was made from finds.
"""
