"""The completions in bash's own language. bash-completion is not needed."""

from __future__ import annotations

from collections.abc import Sequence

from shellper.completer import ASKED, HEADER, Command, Kind, Option, Value, with_values

FRAME = """\
{header}
# shellcheck shell=bash

# The word at the cursor and the one before it; bash splits them at = and : as well.
_shellper() {{
  \\builtin local word="${{COMP_WORDS[COMP_CWORD]-}}" before="${{COMP_WORDS[COMP_CWORD - 1]}}" place='' operand=0
  \\builtin local index start each meant cut
  [[ $word != = ]] || word=''
  for ((index = COMP_CWORD - 1; index > 1; index--)); do
    if [[ ${{COMP_WORDS[index]}} == : || ($word == :* && ${{COMP_WORDS[index]}} != -*) ]]; then
      word=${{COMP_WORDS[index]}}$word before=${{COMP_WORDS[index - 1]}}
    else
      break
    fi
  done
  start=$((index + 1))
  [[ $before != = ]] || before=${{COMP_WORDS[index - 1]}}
  meant=${{word//\\\\/}} meant=${{meant#[\\"\\']}} # without its quotes
  for ((index = 1; index < start; index++)); do
    each=${{COMP_WORDS[index]}}
    case "$each" in
{valued}
      -*) ;;
      *)
        case "$place/$each" in
{walk}
          *) ((++operand)) ;;
        esac
        ;;
    esac
  done
  COMPREPLY=()
  case "$place/$before" in
{values}
    *)
      if [[ $word == -* ]]; then
        case "$place" in
{options}
        esac
      else
        case "$place/$operand" in
{operands}
        esac
      fi
      ;;
  esac
  cut=${{meant%"${{meant##*:}}"}}
  # Before 4.4 `set -u` takes an empty array for an unset one.
  [[ $cut != *: ]] || COMPREPLY=(${{COMPREPLY[@]+"${{COMPREPLY[@]#"$cut"}}"}})
}}

# Not by compgen -W, which runs what stands in $( ) or backquotes, and names may come from a server.
_shellper_words() {{
  \\builtin local each
  for each; do
    [[ $each != "$meant"* ]] || COMPREPLY+=("$each")
  done
}}

_shellper_names() {{
  \\builtin local line
  while IFS= \\builtin read -r line; do
    _shellper_words "$line"
  done < <(\\builtin command shellper completions "$1" 2>/dev/null)
  _shellper_files -d
  _shellper_files -f -X '!*.gguf'
}}

_shellper_files() {{
  \\builtin local line
  \\builtin compopt -o filenames 2>/dev/null
  while IFS= \\builtin read -r line; do
    COMPREPLY+=("$line")
  done < <(\\builtin compgen "$@" -- "$word")
}}

\\builtin complete -F _shellper shellper
"""


def render(commands: Sequence[Command]) -> str:
    """The completion file of bash."""
    valued = with_values(commands)
    walk = [
        _case(10, f'"{command.name}/{name}"', f'place="{" ".join([*command.path, name])}" operand=0')
        for command in commands
        for name in command.subcommands
    ]
    return FRAME.format(
        header=HEADER,
        valued="\n".join(
            _case(6, " | ".join(name for name in valued if valued[name] == count), f"((index += {count}))")
            for count in sorted(set(valued.values()))
        ),
        walk="\n".join(walk),
        values="\n".join(line for name in valued for line in _values(commands, name)),
        options="\n".join(
            _case(10, f'"{command.name}"', f"_shellper_words {_names(command.options)}")
            for command in commands
            if command.options
        ),
        operands="\n".join(line for command in commands for line in _operands(command)),
    )


def _values(commands: Sequence[Command], name: str) -> list[str]:
    """What follows the option, told apart by command only where the commands differ."""
    offers = {
        command.name: _offer(option.value)
        for command in commands
        for option in command.options
        if name in option.names and option.value
    }
    if len(set(offers.values())) == 1:
        return [_case(4, f"*/{name}", next(iter(offers.values())))]
    return [_case(4, f'"{command}/{name}"', offer) for command, offer in offers.items()]


def _operands(command: Command) -> list[str]:
    lines = []
    if command.subcommands:
        lines.append(_case(10, f'"{command.name}/0"', f"_shellper_words {' '.join(command.subcommands)}"))
    for number, value in enumerate(command.operands):
        pattern = f'"{command.name}/"*' if command.repeated(number) else f'"{command.name}/{number}"'
        if value.kind is not Kind.NONE:
            lines.append(_case(10, pattern, _offer(value)))
    return lines


def _offer(value: Value) -> str:
    if value.kind in ASKED:
        return f"_shellper_names {ASKED[value.kind]}"
    return {
        Kind.NONE: ":",
        Kind.WORDS: f"_shellper_words {' '.join(value.words)}",
        Kind.FILE: "_shellper_files -f",
        Kind.FOLDER: "_shellper_files -d",
    }[value.kind]


def _names(options: Sequence[Option]) -> str:
    return " ".join(name for option in options for name in option.names)


def _case(indent: int, pattern: str, body: str) -> str:
    return f"{'':{indent}}{pattern}) {body} ;;"
