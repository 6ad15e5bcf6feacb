"""Shells and interpreters of other languages: how they are given code, and which of them run a file by its name."""

from __future__ import annotations

from shellper.safety.names import names

SHELLS = frozenset(names("sh bash zsh dash ksh mksh ash fish csh tcsh rbash yash elvish nu pwsh"))
CODE_OPTIONS = {
    "python": ("-c",), "perl": ("-e", "-E"), "ruby": ("-e",), "node": ("-e", "-p", "--eval", "--print"), "php": ("-r",),
    "lua": ("-e",), "osascript": ("-e",), "Rscript": ("-e",), "bun": ("-e",), "emacs": ("--eval", "--execute"),
    "irb": (), "tclsh": (), "gnuplot": ("-e",), "octave": ("--eval",), "julia": ("-e", "-E", "--eval"),
    "groovy": ("-e",), "scala": ("-e",), "elixir": ("-e", "--eval"), "erl": ("-eval",), "guile": ("-c",),
    "racket": ("-e",), "sbcl": ("--eval",), "swipl": ("-g",), "ghc": ("-e",), "raku": ("-e",), "crystal": ("eval",),
    "tcl": (), "newlisp": ("-e",),
}  # fmt: skip
"""The options of interpreters whose value is code."""
FILE_RUNNERS = frozenset(
    names(
        """
    python perl ruby node php lua osascript Rscript tclsh julia groovy elixir guile racket raku tsx ts-node
    """
    )
)
"""Interpreters that run the file which is their first operand."""
