"""Texts that people, programs and attackers may send: slips, blanks, controls, NUL and lone surrogates."""

from hypothesis import settings
from hypothesis import strategies as st

_THAI = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))]
_ODD = [*"\0\t\n\r\x07\x85 \u00a0\u00ad\u200b\u200d\u2028\ufeff\ud800\udfff", *"aİΣéx+-/.,:#()0123456789"]

any_text = st.one_of(st.text(st.sampled_from(_THAI + _ODD)), st.text(st.characters()), st.text())
unhurried = settings(deadline=None)
