"""What ssops says about YAML text that it does not read."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "rule.yaml-anchor.title": "an alias has no anchor to stand for",
    "rule.yaml-anchor.why": "An alias (*name) repeats what an anchor (&name) marked earlier in the same document. "
    "An alias to an anchor that is missing, that is still being written, or that two values share has no clear "
    "meaning.",
    "yaml-anchor": "alias '*{name}' has no anchor before it in this document",
    "yaml-anchor.hint": "write '&{name}' before the value it should repeat, above this line in the same document; "
    "if it is meant as text, quote it",
    "yaml-anchor.itself": "alias '*{name}' stands inside the value that it repeats",
    "yaml-anchor.itself.hint": "a value cannot contain itself: write the value out, or move the anchor '&{name}'",
    "yaml-anchor.twice": "anchor '&{name}' is set twice in this document",
    "yaml-anchor.twice.hint": "give one of the two another name",
    "rule.yaml-character.title": "the file holds a character that cannot be seen or trusted",
    "rule.yaml-character.why": "Control characters can command a terminal, characters that turn the direction of "
    "text make a review show something else than what is applied, and zero-width characters make two names look "
    "alike. None is needed in a manifest; the joiners that Persian, Hindi and emoji use are allowed.",
    "yaml-character.control": "control character U+{code} is not allowed",
    "yaml-character.control.hint": "delete it; lines end with LF or CRLF, and a line break inside a text is "
    "written as a block with '|'",
    "yaml-character.direction": "character U+{code} changes the direction of the text around it and is not allowed",
    "yaml-character.direction.hint": "delete it; right-to-left words are shown correctly without it",
    "yaml-character.invisible": "invisible character U+{code} is not allowed",
    "yaml-character.invisible.hint": "delete it; it often comes along when text is copied from a web page or a "
    "document",
    "rule.yaml-depth.title": "values are nested too deep",
    "rule.yaml-depth.why": "A manifest needs fewer than ten levels. Thousands of levels crash YAML readers, so "
    "ssops stops early.",
    "yaml-depth": "values are nested more than {most} levels deep",
    "yaml-depth.hint": "look for brackets that are not closed, or for indentation that grows line by line",
    "rule.yaml-duplicate-key.title": "a key is written twice in one mapping",
    "rule.yaml-duplicate-key.why": "YAML readers keep one of the two values and drop the other without a word, so "
    "what was reviewed may not be what is applied.",
    "yaml-duplicate-key": "key '{key}' is already written on line {line}",
    "yaml-duplicate-key.hint": "keep one of the two, or rename one",
    "rule.yaml-encoding.title": "the file is not UTF-8 text",
    "rule.yaml-encoding.why": "Manifests are UTF-8, so that the same file gives the same names on every machine.",
    "yaml-encoding": "the file is not UTF-8: byte {byte} does not fit",
    "yaml-encoding.hint": "save the file as UTF-8; Russian text saved on Windows is often in the CP1251 encoding",
    "yaml-encoding.binary": "the file is not text: it contains zero bytes",
    "yaml-encoding.binary.hint": "save the file as UTF-8 text; if it is no manifest, move it out of the folder of "
    "manifests",
    "yaml-encoding.wide": "the file is saved as UTF-16 or UTF-32",
    "yaml-encoding.wide.hint": "save the file as UTF-8",
    "rule.yaml-key.title": "a mapping's key is not a text",
    "rule.yaml-key.why": "Every field and every metadata key is named by a text. YAML also allows lists, mappings "
    "and nothing at all as keys, which no JSON reader can hold.",
    "yaml-key": "a list or a mapping cannot be a key",
    "yaml-key.hint": "write a name before the ':'; a text that begins with a bracket is quoted: '[a]': ...; a "
    "variable is quoted whole: '${{name}}'",
    "yaml-key.alias": "alias '*{name}' cannot be a key",
    "yaml-key.alias.hint": "write the key out; if '*{name}' is meant as text, quote it",
    "yaml-key.empty": "the key before ':' is missing",
    "yaml-key.empty.hint": "write a name before the ':', or quote the whole text if it begins with ':'",
    "rule.yaml-limit.title": "the file is larger than ssops reads",
    "rule.yaml-limit.why": "Limits keep a damaged or hostile file from using up the memory and time of the "
    "machine. Honest manifests stay far below them: a file of a thousand connections fits.",
    "yaml-limit.aliases": "the file uses more than {most} aliases",
    "yaml-limit.aliases.hint": "split the file",
    "yaml-limit.anchors": "the file sets more than {most} anchors",
    "yaml-limit.anchors.hint": "split the file, or remove anchors that no alias uses",
    "yaml-limit.bytes": "the file has {size} bytes; {most} is the most that is read",
    "yaml-limit.bytes.hint": "split the file; if it is no manifest, move it out of the folder of manifests",
    "yaml-limit.documents": "the file has more than {most} documents",
    "yaml-limit.documents.hint": "split the file",
    "yaml-limit.faults": "{most} faults were found; the rest of the file was not read",
    "yaml-limit.faults.hint": "repair these and validate again",
    "yaml-limit.nodes": "the file has more than {most} keys and values, counting what aliases repeat",
    "yaml-limit.nodes.hint": "split the file, or repeat less through aliases",
    "rule.yaml-merge.title": "a merge key brings in something else than a mapping",
    "rule.yaml-merge.why": "The key '<<' copies the fields of other mappings. Only mappings have fields.",
    "yaml-merge": "'<<' can bring in a mapping or a list of mappings only",
    "yaml-merge.hint": "write '<<: *name' where '&name' stands at a mapping; if '<<' is meant as a key, quote it",
    "rule.yaml-syntax.title": "the file is not valid YAML",
    "rule.yaml-syntax.why": "The text cannot be read as YAML at this place, so nothing behind it in this file was "
    "read.",
    "yaml-syntax": "this is not valid YAML: {problem}",
    "yaml-syntax.hint": "look at this line and the one before it: indentation, quotes, brackets and ':'",
    "yaml-syntax.block": "after '|' or '>' only the end of the line may come",
    "yaml-syntax.block.hint": "write the text on the lines below, indented; quote the value if the sign belongs to it",
    "yaml-syntax.bracket": "a bracket is not closed, or a ',' is missing",
    "yaml-syntax.bracket.hint": "put ',' between the items and close the bracket with the same kind that opened it",
    "yaml-syntax.colon": "a ':' is not allowed here",
    "yaml-syntax.colon.hint": "indent this line like its neighbours, with spaces; or put quotes around a value that contains ': '",
    "yaml-syntax.conflict": "this line is a mark of a git merge that was not finished",
    "yaml-syntax.conflict.hint": "keep the lines that are right, remove the others and the lines that begin with "
    "'<<<<<<<', '=======' and '>>>>>>>'",
    "yaml-syntax.content": "a value is missing",
    "yaml-syntax.content.hint": "write a value here, or remove the sign before it",
    "yaml-syntax.dash": "a list item does not fit here",
    "yaml-syntax.dash.hint": "write each '- ' of a list on a line of its own, all indented alike",
    "yaml-syntax.directive": "a line that begins with '%' is not understood",
    "yaml-syntax.directive.hint": "remove the line, or quote the text if it belongs to a value",
    "yaml-syntax.document": "text stands where a new document should begin",
    "yaml-syntax.document.hint": "put a line '---' before a new document, or indent this line if it belongs to the "
    "value above",
    "yaml-syntax.escape": "a '\\' in double quotes does not begin anything known",
    "yaml-syntax.escape.hint": "write '\\\\' for a backslash, or use single quotes",
    "yaml-syntax.key": "this line does not fit the lines above it",
    "yaml-syntax.key.hint": "indent all fields of one mapping alike, with spaces, and check the quotes of the "
    "value before",
    "yaml-syntax.name": "a value that begins with '&' or '*' is an anchor or an alias and needs a name",
    "yaml-syntax.name.hint": "if it is meant as text, put quotes around the value, as in '*.wav'",
    "yaml-syntax.no-colon": "a ':' with a space behind it is missing after a key",
    "yaml-syntax.no-colon.hint": "write 'key: value', with a space after ':'; a text of several lines is written as a "
    "block with '|' or in quotes",
    "yaml-syntax.quote": "a quote is opened and never closed",
    "yaml-syntax.quote.hint": "close the quote; in single quotes an apostrophe is written twice: ''",
    "yaml-syntax.sign": "a value cannot begin with '{sign}'",
    "yaml-syntax.sign.hint": "put quotes around the value",
    "yaml-syntax.tab": "a tab stands where only spaces are allowed",
    "yaml-syntax.tab.hint": "indent with spaces; an editor can replace all tabs of the file by spaces",
    "yaml-syntax.version": "the '%YAML' line is not understood",
    "yaml-syntax.version.hint": "remove the line: manifests need none",
    "rule.yaml-tag.title": "a YAML tag is used",
    "rule.yaml-tag.why": "Tags (!name) make readers build other things than plain data, in the worst case run "
    "code. Manifests are data.",
    "yaml-tag": "tag '{tag}' is not allowed",
    "yaml-tag.hint": "remove it; if it is meant as text, put quotes around the value",
    "yaml-tag.directive": "a '%TAG' line is not allowed",
    "yaml-tag.directive.hint": "remove the line: manifests use no tags",
}
