"""The completions in zsh's own language: one function a command, on top of _arguments."""

from __future__ import annotations

from collections.abc import Sequence

from shellper.completer import ASKED, HEADER, Command, Kind, Option, Value
from shellper.init import quote

ENDING = """\
_shellper_models() {
  local -a models
  models=("${(@f)$(command shellper completions $1 2>/dev/null)}")
  _alternative 'models:model:compadd -a models' 'files:model file:_files -g "*.gguf(-.)"'
}

_shellper "$@"
"""


def render(commands: Sequence[Command]) -> str:
    """The completion file of zsh, fit for a folder in fpath."""
    functions = "\n".join(_function(command) for command in commands)
    return f"#compdef shellper\n{HEADER}\n\n{functions}\n{ENDING}"


def _function(command: Command) -> str:
    specs = [_option(option) for option in command.options]
    if command.subcommands:
        body = _group(command, specs)
    else:
        for number, value in enumerate(command.operands):
            specs.append(_quote(f"{'*' if command.repeated(number) else number + 1}: :{_action(value)}"))
        body = "  _arguments -S \\\n    " + " \\\n    ".join(specs) + "\n"
    return f"{_name(command.path)}() {{\n{body}}}\n"


def _group(command: Command, specs: list[str]) -> str:
    commands = "\n".join(f"    {_quote(f'{name}:{_escape(text)}')}" for name, text in command.subcommands.items())
    cases = "\n".join(f"        {name}) {_name((*command.path, name))} ;;" for name in command.subcommands)
    files = "        *) _files ;;\n" if not command.path else ""
    more = "; _files" if not command.path else ""
    specs = [*specs, "'1: :->command'", "'*:: :->rest'"]
    return (
        "  local context state state_descr line\n"
        "  typeset -A opt_args\n"
        f"  local -a commands=(\n{commands}\n  )\n"
        "  _arguments -C -S \\\n    " + " \\\n    ".join(specs) + " && return\n"
        "  case $state in\n"
        f"    command) _describe -t commands command commands{more} ;;\n"
        "    rest)\n"
        "      case $words[1] in\n"
        f"{cases}\n{files}"
        "      esac\n"
        "      ;;\n"
        "  esac\n"
    )


def _option(option: Option) -> str:
    text = f"[{_escape(option.help)}]"
    value = "" if option.value is None else f":{option.names[0].lstrip('-')}:{_action(option.value)}" * option.count
    takes = "=" if option.value is not None else ""
    specs = [_quote(f"{name}{takes}{text}{value}") for name in option.names]
    return " ".join(specs)


def _action(value: Value) -> str:
    if value.kind in ASKED:
        return f" _shellper_models {ASKED[value.kind]}"  # the blank keeps _arguments from adding options of its own
    return {
        Kind.NONE: " ",
        Kind.WORDS: f"({' '.join(value.words)})",
        Kind.FILE: "_files",
        Kind.FOLDER: "_files -/",
    }[value.kind]


def _name(path: tuple[str, ...]) -> str:
    return "_".join(["_shellper", *path])


def _escape(text: str) -> str:
    for letter in "\\[]:":
        text = text.replace(letter, f"\\{letter}")
    return text


def _quote(text: str) -> str:
    return quote(text, "zsh")
