"""A tool is one Python function.

Its signature is the JSON schema, its docstring the description, its body the translation into an argument vector:

    def tail(file_name: str, lines: Count = 10) -> Arguments:
        \"\"\"Show the end of a file.

        file_name: the file
        lines: how many lines
        \"\"\"
        return ["tail", "-n", str(lines), file(file_name)]

The types are `str`, `int`, `bool`, `Count` (an integer >= 0), `Positive` (>= 1), `Literal[...]` and `list[str]`. A
parameter whose default is None is left out of the call when it is not wanted; the strings "None" and "" mean the same
where the default is None or "None".
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from shellper.errors import ToolError
from shellper.tools.quoting import Argument, shown

Arguments = Sequence[Argument]
Count = Annotated[int, "minimum 0"]
Positive = Annotated[int, "minimum 1"]

_MISSING = inspect.Parameter.empty


@dataclass(frozen=True)
class Parameter:
    """One parameter of a tool; `kind` is a JSON schema type."""

    name: str
    kind: str
    description: str
    default: Any = _MISSING
    values: tuple[str, ...] = ()
    minimum: int | None = None

    @property
    def required(self) -> bool:
        """Whether a call without it is an error."""
        return self.default is _MISSING

    def schema(self) -> dict[str, Any]:
        """The parameter as JSON schema."""
        schema: dict[str, Any] = {"type": self.kind, "description": self.description}
        if self.kind == "array":
            schema["items"] = {"type": "string"}
        if self.values:
            schema["enum"] = list(self.values)
        if self.minimum is not None:
            schema["minimum"] = self.minimum
        if not self.required and self.default is not None:
            schema["default"] = list(self.default) if self.kind == "array" else self.default
        return schema

    def absent(self, value: Any) -> bool:
        """Whether the value says that the argument is not given."""
        if value is None:
            return True
        return not self.required and self.default in (None, "None") and value in ("None", "", "null")

    def read(self, value: Any) -> Any:
        """The value in the parameter's type: `"5"` and `5.0` are 5. Raises ToolError."""
        try:
            return _READERS[self.kind](self, value)
        except ValueError:
            raise ToolError(f"{self.name} must be {self.expected()}, not {shown(value)}") from None

    def expected(self) -> str:
        """What a value must be, in words."""
        if self.values:
            return "one of " + ", ".join(self.values)
        noun = _NOUNS[self.kind]
        return noun if self.minimum is None else f"{noun} of {self.minimum} or more"


_NOUNS = {"string": "text", "boolean": "true or false", "integer": "a whole number", "array": "a list of texts"}


def _read_text(parameter: Parameter, value: Any) -> str:
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, (int, float)):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError
    return _read_choice(parameter.values, value) if parameter.values else value


def _read_choice(values: Sequence[str], value: str) -> str:
    """One of the values; also as an option (`-l`) or as the word that it abbreviates (`lines`)."""
    word = value.strip().lstrip("-")
    for wanted in (word, word.lower()):
        if wanted in values:
            return wanted
    short = [v for v in values if len(v) == 1 and len(word) > 2 and word.lower().startswith(v) and word.isalpha()]
    if len(short) != 1:
        raise ValueError
    return short[0]


_INTEGER = re.compile(r"[+-]?[0-9]{1,18}(?:\.0+)?")


def _read_integer(parameter: Parameter, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError
    if not _INTEGER.fullmatch(written := str(value).strip()):
        raise ValueError
    number = int(written.split(".")[0])
    if parameter.minimum is not None and number < parameter.minimum:
        raise ValueError
    return number


_BOOLEANS = {"true": True, "yes": True, "1": True, "on": True, "false": False, "no": False, "0": False, "off": False}
_BOOLEANS |= {"1.0": True, "0.0": False, "none": False, "": False}


def _read_boolean(parameter: Parameter, value: Any) -> bool:
    answer = _BOOLEANS.get(str(value).strip().lower()) if isinstance(value, (bool, int, float, str)) else None
    if answer is None:
        raise ValueError
    return answer


def _read_list(parameter: Parameter, value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) and item for item in value):
        raise ValueError
    return list(value)


_READERS: dict[str, Callable[[Parameter, Any], Any]] = {
    "string": _read_text,
    "integer": _read_integer,
    "boolean": _read_boolean,
    "array": _read_list,
}


@dataclass(frozen=True)
class Tool:
    """A tool made from its function."""

    name: str
    description: str
    parameters: Mapping[str, Parameter]
    function: Callable[..., Arguments]

    def schema(self) -> dict[str, Any]:
        """The tool in OpenAI's form."""
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.description,
                "parameters": {
                    "type": "object",
                    "properties": {name: parameter.schema() for name, parameter in self.parameters.items()},
                    "required": [name for name, parameter in self.parameters.items() if parameter.required],
                    "additionalProperties": False,
                },
            },
        }

    def read(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The given arguments in their types, in the order of the signature, those that mean "absent" left out.

        Raises ToolError for an unknown, missing or unreadable argument.
        """
        for name in arguments:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise ToolError(f"{self.name} has no argument {shown(name)} (it has: {known})")
        values: dict[str, Any] = {}
        for name, parameter in self.parameters.items():
            value = arguments.get(name)
            if not parameter.absent(value):
                values[name] = self._read(parameter, value)
            elif parameter.required:
                raise ToolError(f"{self.name} needs {name}: {parameter.description}")
        return values

    def _read(self, parameter: Parameter, value: Any) -> Any:
        try:
            return parameter.read(value)
        except ToolError as error:
            raise ToolError(f"{self.name}: {error}") from None

    def complete(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """All arguments, with the defaults for those that are missing."""
        values = {name: parameter.default for name, parameter in self.parameters.items() if not parameter.required}
        return {**values, **arguments}

    def words(self, arguments: Mapping[str, Any]) -> Arguments:
        """The argument vector for arguments that were read."""
        return self.function(**arguments)


def make_tool(function: Callable[..., Arguments]) -> Tool:
    """The tool that a function describes."""
    description, notes = _read_docstring(inspect.getdoc(function) or "")
    signature = inspect.signature(function, eval_str=True)
    parameters = {name: _parameter(parameter, notes.get(name, "")) for name, parameter in signature.parameters.items()}
    return Tool(function.__name__, description, parameters, function)


_NOTE = re.compile(r"^(\w+): (.+)$")


def _read_docstring(docstring: str) -> tuple[str, dict[str, str]]:
    """The description, and the notes on parameters: lines `name: what it is`."""
    notes: dict[str, str] = {}
    description: list[str] = []
    for line in docstring.splitlines():
        match = _NOTE.match(line)
        if match:
            notes[match.group(1)] = match.group(2)
        elif line.strip():
            description.append(line.strip())
    return " ".join(description), notes


_KINDS = {str: "string", int: "integer", bool: "boolean"}


def _parameter(parameter: inspect.Parameter, note: str) -> Parameter:
    kind, minimum = _without_none(parameter.annotation), None
    if get_origin(kind) is Annotated:
        kind, limit = get_args(kind)
        minimum = int(limit.split()[1])
    values = get_args(kind) if get_origin(kind) is Literal else ()
    name = "string" if values else "array" if get_origin(kind) is list else _KINDS[kind]
    return Parameter(parameter.name, name, note, parameter.default, values, minimum)


def _without_none(kind: Any) -> Any:
    """The type T of `T | None`."""
    if get_origin(kind) is Annotated or type(None) not in get_args(kind):
        return kind
    return Union[tuple(part for part in get_args(kind) if part is not type(None))]  # noqa: UP007
