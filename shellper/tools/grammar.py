"""What the embedded model may write, as GBNF grammars for llama.cpp.

`shell`: one line of printable characters that does not begin with a blank, with balanced quotes, backticks and
parentheses; or `# ` and a question.

`gorilla`: the command lines that `lift` reads as one of the 18 tools: what the tools render, and the everyday variants
of it (`cp` without `-r`, `echo C > F`, `find` with `-type`, `rm -r F`).

A line breaks no rule of bash that a grammar of this size can know; `${` and `case` are left to the parser of safety.
"""

from __future__ import annotations

# Control characters, line and paragraph separators, and the invisible ones that change how a line is shown.
_UNSEEN = r"\x00-\x1F\x7F-\x9F\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF"

_SHELL = rf"""
root ::= "# " question | first item*
question ::= [^ {_UNSEEN}] [^{_UNSEEN}]*
first ::= [^ #'"`\\(){_UNSEEN}] | quoted
item ::= [^'"`\\(){_UNSEEN}] | quoted
quoted ::= "\\" [^{_UNSEEN}] | "'" [^'{_UNSEEN}]* "'" | "\"" inner* "$"? "\"" | "`" ticked+ "`" | "(" item* ")"
inner ::= [^"`\\${_UNSEEN}] | "\\" [^{_UNSEEN}] | "`" ticked+ "`" | "$" dollar
dollar ::= "(" item* ")" | "$" | [^"`\\$({_UNSEEN}]
ticked ::= [^'"`\\(){_UNSEEN}] | "\\" [^{_UNSEEN}] | "(" ticked* ")" | ticked-quote
ticked-quote ::= "'" [^'`{_UNSEEN}]* "'" | "\"" [^"`\\{_UNSEEN}]* "\""
"""

# A word is letters, escapes and quotes; it does not begin with what reads as an option, a comment or a redirection.
_GORILLA = rf"""
root ::= cat | cd | cp | diff | du | echo | find | grep | ls | mkdir | mv | pwd | rm | rmdir | sort | tail | touch | wc
cat ::= "cat " word
cd ::= "cd " (word | "-")
cp ::= "cp " "-r "? word " " word
diff ::= "diff " word " " word
du ::= "du" " -h"?
echo ::= "echo" (" " said)+ (" >"  ">"? " " word)?
find ::= "find" (" " start)? (" -type " [fdl])? (" -" "i"? "name " word)?
grep ::= "grep " ("-e " rest+ | text) " " word
ls ::= "ls" " -a"?
mkdir ::= "mkdir " word
mv ::= "mv " word " " word
pwd ::= "pwd"
rm ::= "rm " "-r "? word
rmdir ::= "rmdir " word
sort ::= "sort " word
tail ::= "tail " ("-n " number " ")? word
touch ::= "touch " word
wc ::= "wc -" [lwc] " " word
number ::= "0" | [1-9] [0-9]? [0-9]? [0-9]? [0-9]? [0-9]?
word ::= first rest*
start ::= start-first rest*
text ::= "''" | "\"\"" | first rest*
said ::= "''" | "\"\"" | (bare | quoted) rest*
start-first ::= [^-+#~!,={{}} '"`\\$&;|<>(){_UNSEEN}] | "~" | quoted-first
first ::= bare | quoted-first
bare ::= [^-+#={{}} '"`\\$&;|<>(){_UNSEEN}]
rest ::= [^{{}} '"`\\$&;|<>(){_UNSEEN}] | quoted
quoted-first ::= "\\" [^-{_UNSEEN}] | "'" [^-'{_UNSEEN}] [^'{_UNSEEN}]* "'" | "\"" [^-"`\\$!{_UNSEEN}] inner* "\""
quoted ::= "\\" [^{_UNSEEN}] | "'" [^'{_UNSEEN}]+ "'" | "\"" inner+ "\""
inner ::= [^"`\\$!{_UNSEEN}]
"""


def shell() -> str:
    """The grammar of the set `shell`."""
    return _SHELL.strip() + "\n"


def gorilla() -> str:
    """The grammar of the set `gorilla`."""
    return _GORILLA.strip() + "\n"


def printable() -> str:
    """The grammar of what follows the beginning of a line: printable characters."""
    return f"root ::= [^{_UNSEEN}]*\n"
