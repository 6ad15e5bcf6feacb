"""The completions in fish's own language."""

from __future__ import annotations

from collections.abc import Sequence

from shellper.completer import ASKED, HEADER, Command, Kind, Option, Value, with_values
from shellper.init import quote

FRAME = """\
{header}

# The command that the words before the cursor have led to, then the number of its operands so far.
function __fish_shellper_place
    set -l place
    set -l operands 0
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip -gt 0
            set skip (math $skip - 1)
            continue
        end
        switch $word
{valued}
            case '-*'
            case '*'
                switch "$place/$word"
{walk}
                    case '*'
                        set operands (math $operands + 1)
                end
        end
    end
    echo "$place/$operands"
end

# Whether the cursor is at the command, and, with a number, at that operand.
function __fish_shellper_at
    string match -q -- "$argv[1]/$argv[2]" (__fish_shellper_place)
end

# Names that the program knows, model files, and the folders in which some may be.
function __fish_shellper_models
    command shellper completions $argv[1] 2>/dev/null
    set -l typed (commandline -ct | string replace -r -- '^--[^=]*=' '')
    complete -C "__fish_command_without_completions $typed" | string match -r -- '^.*(?:\\.gguf|/)(?:\\t.*)?$'
end

complete -c shellper -f
{lines}
"""


def render(commands: Sequence[Command]) -> str:
    """The completion file of fish."""
    valued = with_values(commands)
    walk = [
        f"                    case {_quote(f'{command.name}/{name}')}\n"
        f"                        set place {_quote(' '.join([*command.path, name]))}\n"
        "                        set operands 0"
        for command in commands
        for name in command.subcommands
    ]
    return FRAME.format(
        header=HEADER,
        valued="\n".join(
            f"            case {' '.join(name for name in valued if valued[name] == count)}\n"
            f"                set skip {count}"
            for count in sorted(set(valued.values()))
        ),
        walk="\n".join(walk),
        lines="\n".join(line for command in commands for line in _lines(command)),
    )


def _lines(command: Command) -> list[str]:
    lines = [f"{_at(command, '0')} -a {name} -d {_quote(text)}" for name, text in command.subcommands.items()]
    for number, value in enumerate(command.operands):
        if offered := _offer(value):
            lines.append(f"{_at(command, '*' if command.repeated(number) else str(number))} {offered}")
    return lines + [_option(command, option) for option in command.options]


def _option(command: Command, option: Option) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    return f"{_at(command, '*')} {names}{_taken(option.value)} -d {_quote(option.help)}"


def _taken(value: Value | None) -> str:
    """What an option takes. With -r alone, fish would offer files as well."""
    if value is None:
        return ""
    offered = _offer(value)
    return f" {'-r' if '-F' in offered else '-x'} {offered}".rstrip()


def _offer(value: Value) -> str:
    if value.kind in ASKED:
        return f"-a '(__fish_shellper_models {ASKED[value.kind]})'"
    return {
        Kind.NONE: "",
        Kind.WORDS: f"-a {_quote(' '.join(value.words))}",
        Kind.FILE: "-F",
        Kind.FOLDER: "-a '(__fish_complete_directories)'",
    }[value.kind]


def _at(command: Command, operand: str) -> str:
    condition = f"__fish_shellper_at {_quote(command.name)} {_quote(operand)}"
    return f"complete -c shellper -n {_quote(condition)}"


def _quote(text: str) -> str:
    return quote(text, "fish")
