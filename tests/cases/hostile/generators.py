"""Hostile files that are too big or too odd in their bytes to lie here as files. Name: expected rule--what it does."""

from __future__ import annotations

from collections.abc import Callable

MEBIBYTE = 1024 * 1024


def _laughs(levels: int, width: int) -> bytes:
    lines = ["a0: &a0 [" + ", ".join(["lol"] * width) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * width) + "]" for n in range(1, levels)]
    return "\n".join(lines).encode()


def _merge_bomb(levels: int, width: int) -> bytes:
    lines = ["a0: &a0 {" + ", ".join(f"k{n}: {n}" for n in range(width)) + "}"]
    lines += [f"a{n}: &a{n} {{x{n}: 1, <<: [" + ", ".join([f"*a{n - 1}"] * width) + "]}" for n in range(1, levels)]
    return "\n".join(lines).encode()


def _alias_chain(levels: int) -> bytes:
    lines = ["a0: &a0 [[[[[[[[x]]]]]]]]"]
    lines += [f"a{n}: &a{n} [[[[[[[[*a{n - 1}]]]]]]]]" for n in range(1, levels)]
    return "\n".join(lines).encode()


def _indented(levels: int) -> bytes:
    return "\n".join(f"{' ' * n}a:" for n in range(levels)).encode()


def _duplicates_in_layers() -> bytes:
    """Give a large mapping within 30 others, each of which ends with a key twice."""
    inner = ", ".join(f"k{n}: 1" for n in range(30_000))
    return ("{a: " * 30 + "{" + inner + "}" + ", a: 1}" * 30).encode()


def _anchors_in_layers() -> bytes:
    inner = ", ".join(["1"] * 50_000)
    return ("".join(f"[&n{n} " for n in range(31)) + "[" + inner + "]" * 32).encode()


def _merges_of_much() -> bytes:
    lines = ["big: &big {" + ", ".join(f"k{n}: {n}" for n in range(10_000)) + "}"]
    lines += [f"m{n}: {{<<: *big}}" for n in range(900)]
    return "\n".join(lines).encode()


GENERATORS: dict[str, Callable[[], bytes]] = {
    "yaml-depth--1e3-brackets": lambda: b"[" * 1_000,
    "yaml-depth--1e4-brackets-closed": lambda: b"[" * 10_000 + b"]" * 10_000,
    "yaml-depth--1e5-brackets": lambda: b"[" * 100_000,
    "yaml-depth--1e6-brackets": lambda: b"[" * 1_000_000,
    "yaml-depth--1e6-brackets-closed": lambda: b"[" * 1_000_000 + b"]" * 1_000_000,
    "yaml-depth--1e6-brackets-on-lines": lambda: b"[\n" * 1_000_000,
    "yaml-depth--1e5-braces": lambda: b"{a: " * 100_000,
    "yaml-depth--1e6-braces": lambda: b"{a: " * 1_000_000,
    "yaml-depth--1e6-open-braces": lambda: b"{" * 1_000_000,
    "yaml-depth--1e6-dashes": lambda: b"- " * 1_000_000,
    "yaml-depth--1e6-question-marks": lambda: b"? " * 1_000_000,
    "yaml-depth--1e5-mixed": lambda: b"[{a: " * 100_000,
    "yaml-depth--2e3-indented": lambda: _indented(2_000),
    "yaml-depth--alias-chain": lambda: _alias_chain(100),
    "yaml-depth--33-levels": lambda: b"[" * 33 + b"]" * 33,
    "accepted--32-levels": lambda: b"[" * 32 + b"]" * 32,
    "yaml-limit--laughs-9": lambda: _laughs(9, 10),
    "yaml-limit--laughs-20": lambda: _laughs(20, 10),
    "yaml-limit--laughs-binary": lambda: _laughs(30, 2),
    "accepted--merges-of-merges": lambda: _merge_bomb(7, 10),
    "yaml-limit--merges-of-much": _merges_of_much,
    "yaml-limit--1e5-aliases": lambda: b"a: &a 1\nb: [" + b"*a, " * 100_000 + b"]",
    "yaml-limit--large-anchor-often": lambda: b"a: &a [" + b"1, " * 10_000 + b"]\nb: [" + b"*a, " * 900 + b"]",
    "yaml-limit--4-mebibytes-and-a-byte": lambda: b"#" * (4 * MEBIBYTE + 1),
    "yaml-limit--50-megabytes": lambda: b"- honest\n" * 5_500_000,
    "yaml-limit--2e6-items": lambda: b"[" + b"a," * 2_000_000 + b"]",
    "yaml-limit--1e6-empty-keys": lambda: b"{" + b"a," * 1_000_000 + b"}",
    "yaml-limit--2e5-keys": lambda: b"".join(b"k%d: 1\n" % n for n in range(200_000)),
    "yaml-limit--7e5-documents": lambda: b"--- a\n" * 690_000,
    "yaml-limit--1e6-empty-documents": lambda: b"---\n" * 1_000_000,
    "yaml-duplicate-key--1e5-times": lambda: b"a: 1\n" * 100_000,
    "yaml-duplicate-key--after-2e4-keys": lambda: b"".join(b"k%d: 1\n" % (n % 19_990) for n in range(20_000)),
    "yaml-duplicate-key--in-layers": _duplicates_in_layers,
    "yaml-key--1e5-missing": lambda: b"?\n: 1\n" * 100_000,
    "yaml-key--1e5-lists": lambda: b"? []\n: 1\n" * 100_000,
    "yaml-anchor--1e5-undefined": lambda: b"- *a\n" * 100_000,
    "yaml-anchor--1e5-twice": lambda: b"- &a 1\n" * 100_000,
    "yaml-tag--1e5-tags": lambda: b"- !a 1\n" * 100_000,
    "yaml-tag--3e5-directives": lambda: b"".join(b"%%TAG !%d! a\n" % n for n in range(230_000)) + b"---\na: 1\n",
    "yaml-syntax--1e6-comments-then-bad": lambda: b"#\n" * 1_000_000 + b"a: [",
    "yaml-syntax--unclosed-quote-4e6": lambda: b'a: "' + b"x" * 4_000_000,
    "yaml-syntax--unclosed-quote-of-lines": lambda: b"a: '" + b"x\n" * 500_000,
    "yaml-syntax--key-of-1e6": lambda: b"a" * 1_000_000 + b": 1\n",
    "yaml-syntax--1e6-colons": lambda: b"a: " * 1_000_000,
    "yaml-tag--1e6-exclamations": lambda: b"a: " + b"!" * 1_000_000,
    "yaml-syntax--1e6-ampersands": lambda: b"&" * 1_000_000,
    "yaml-syntax--1e5-anchors-in-a-row": lambda: b"&a " * 100_000,
    "yaml-syntax--1e6-closing": lambda: b"]" * 1_000_000,
    "yaml-syntax--version-of-1e6-digits": lambda: b"%YAML " + b"1" * 1_000_000 + b"\n---\n",
    "yaml-encoding--utf-16-le": lambda: b"\xff\xfe" + "name: Sales\n".encode("utf-16-le"),
    "yaml-encoding--utf-16-be": lambda: b"\xfe\xff" + "name: Sales\n".encode("utf-16-be"),
    "yaml-encoding--utf-16-without-mark": lambda: "name: Sales\n".encode("utf-16-le"),
    "yaml-encoding--utf-32-le": lambda: "name: Sales\n".encode("utf-32"),
    "yaml-encoding--utf-32-be": lambda: b"\0\0\xfe\xff" + "name: Sales\n".encode("utf-32-be"),
    "yaml-encoding--cp1251": lambda: "name: Продажи\n".encode("cp1251"),
    "yaml-encoding--koi8-r": lambda: "name: Продажи\n".encode("koi8-r"),
    "yaml-encoding--latin-1": lambda: "name: Café\n".encode("latin-1"),
    "yaml-encoding--overlong": lambda: b"name: \xc0\xaf\n",
    "yaml-encoding--surrogate": lambda: b"name: \xed\xa0\x80\n",
    "yaml-encoding--truncated": lambda: "name: Ж".encode()[:-1],
    "yaml-encoding--beyond-unicode": lambda: b"name: \xf4\x90\x80\x80\n",
    "yaml-encoding--continuation-first": lambda: b"\x80name: 1\n",
    "yaml-encoding--nul": lambda: b"name: a\0b\n",
    "yaml-encoding--4-mebibytes-of-nul": lambda: b"\0" * (4 * MEBIBYTE),
    "yaml-encoding--png": lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "yaml-encoding--gzip": lambda: b"\x1f\x8b\x08\x08\xff\xff\xff",
    "yaml-encoding--all-bytes": lambda: bytes(range(1, 256)) * 1000,
    "yaml-character--ansi": lambda: b"name: \x1b[31mred\n",
    "yaml-character--hyperlink": lambda: b"name: \x1b]8;;http://example.com\x07x\n",
    "yaml-character--carriage-return": lambda: b"name: good\rname: evil\n",
    "yaml-character--backspace": lambda: b"name: a\x08b\n",
    "yaml-character--delete": lambda: b"name: a\x7fb\n",
    "yaml-character--c1": lambda: "name: a\x9bb\n".encode(),
    "yaml-character--next-line": lambda: "name: a\x85b: c\n".encode(),
    "yaml-character--line-separator": lambda: "name: a\u2028b: c\n".encode(),
    "yaml-character--right-to-left-override": lambda: "name: a\u202eb\n".encode(),
    "yaml-character--isolate": lambda: "# comment \u2066\nname: a\n".encode(),
    "yaml-character--arabic-mark": lambda: "name: \u061c\n".encode(),
    "yaml-character--zero-width-space": lambda: "na\u200bme: a\n".encode(),
    "yaml-character--word-joiner": lambda: "name: a\u2060b\n".encode(),
    "yaml-character--soft-hyphen": lambda: "name: a\u00adb\n".encode(),
    "yaml-character--tag-letters": lambda: "name: a\U000e0041\n".encode(),
    "yaml-character--mark-inside": lambda: "name: a\ufeffb\n".encode(),
    "yaml-character--mark-twice": lambda: "\ufeff\ufeffname: a\n".encode(),
    "yaml-character--noncharacter": lambda: "name: \uffff\n".encode(),
    "yaml-character--form-feed": lambda: b"name: a\n\x0cb: 1\n",
    "yaml-character--4e6-controls": lambda: b"\x01" * 4_000_000,
    "yaml-character--1e6-invisible": lambda: "\u200b".encode() * 1_000_000,
    "accepted--byte-order-mark": lambda: b"\xef\xbb\xbfname: Sales\n",
    "accepted--crlf": lambda: b"name: Sales\r\nkeys:\r\n  - a\r\n",
    "accepted--4-mebibytes-of-comment": lambda: b"#" * (4 * MEBIBYTE),
    "accepted--2e6-comments": lambda: b"#\n" * 2_000_000,
    "accepted--4e6-line-ends": lambda: b"\n" * 4_000_000,
    "accepted--4e6-spaces": lambda: b" " * 4_000_000,
    "accepted--text-of-4e6": lambda: b"a: " + b"x" * 4_000_000,
    "accepted--quoted-text-of-4e6": lambda: b'a: "' + b"x" * 4_000_000 + b'"',
    "accepted--text-of-lines": lambda: b"a: |\n" + b"  x\n" * 1_000_000,
    "accepted--text-of-blank-lines": lambda: b"a: |\n" + b"\n" * 4_000_000 + b"  x",
    "accepted--text-of-words": lambda: b"a: " + b"x " * 2_000_000,
    "accepted--quoted-lines": lambda: b"a: '" + b"x\n " * 1_000_000 + b"'",
    "accepted--escapes": lambda: b'a: "' + b"\\n" * 2_000_000 + b'"',
    "accepted--digits-4e6": lambda: b"a: " + b"1" * 4_000_000,
    "accepted--sexagesimal-4e6": lambda: b"a: 1" + b":59" * 1_300_000,
    "accepted--float-of-4e6": lambda: b"a: 0." + b"1" * 4_000_000,
    "accepted--exponent": lambda: b"a: [1e999, -1e999, 1e-999, 1e999999999]\n",
    "accepted--quoted-key-of-1e3": lambda: b'"' + b"a" * 1_000 + b'": 1\n',
    "accepted--question-mark-key-of-1e6": lambda: b"? " + b"a" * 1_000_000 + b"\n: 1\n",
    "accepted--anchor-name-of-1e6": lambda: b"a: &" + b"a" * 1_000_000 + b" 1\n",
    "accepted--9999-documents": lambda: b"--- {a: 1}\n" * 9_999,
    "accepted--1000-aliases": lambda: b"a: &a 1\nb: [" + b"*a, " * 1_000 + b"]",
    "yaml-limit--1e5-anchors": lambda: b"".join(b"- &a%d 1\n" % n for n in range(100_000)),
    "accepted--anchors-in-layers": _anchors_in_layers,
    "accepted--5e4-items": lambda: b"[" + b"a," * 50_000 + b"]",
    "accepted--5e4-empty-items": lambda: b"-\n" * 50_000,
    "accepted--2e4-keys": lambda: b"".join(b"k%d: 1\n" % n for n in range(20_000)),
    "accepted--2e4-pairs-in-a-list": lambda: b"[" + b"a: b," * 20_000 + b"]",
    "accepted--2e3-brackets-in-text": lambda: b"a: '" + b"[" * 2_000 + b"'\n",
}
