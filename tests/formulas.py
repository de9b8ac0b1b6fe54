"""Formulas over a few literals, common and rare, for laws about promises."""

from __future__ import annotations

from hypothesis import strategies as st

from flamecheck.promise import both, either, reaching

LITERALS = ("は", "の", "です", "w", "台風", "津波", "返金", "セール")
literal_sets = st.frozensets(st.sampled_from(LITERALS))
formulas = st.recursive(
    st.sampled_from((*LITERALS, None)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(both),
        st.lists(inner, min_size=1, max_size=4).map(either),
        st.tuples(st.integers(1, 5), st.lists(st.tuples(st.integers(1, 3), inner), min_size=1, max_size=4)).map(
            lambda made: reaching(*made)
        ),
    ),
    max_leaves=12,
)
