"""The exceptions of shellper.

    ShellperError            1   anything the user should read as one line
      UsageError             2   the command line asks for something that makes no sense
      Refused                3   safety does not let the command through
      Clarification          4   the model asks back instead of answering
      ConfigError            1   a setting has a value that cannot be used
      EngineError            1   no answer could be had from the engine
      ToolError              1   a tool call that names no tool, or has arguments that make no sense
      StateError             1   the conversation on disk cannot be read or written
      Interrupted          130   the user pressed Ctrl-C

The number is the exit status of the program. NO_COMMAND are those in which a request ends that got no usable answer.
"""

from __future__ import annotations


class ShellperError(Exception):
    """An error whose text is one line for the user and says what to do next."""

    exit_code = 1


class UsageError(ShellperError):
    """The command line cannot be understood."""

    exit_code = 2


class Refused(ShellperError):
    """The command is too dangerous to be shown or run."""

    exit_code = 3


class Clarification(ShellperError):
    """The model needs to know more; the text is its question."""

    exit_code = 4


class ConfigError(ShellperError):
    """A setting has a value that cannot be used."""


class EngineError(ShellperError):
    """The engine gave no usable answer."""


class ToolError(ShellperError):
    """A tool call that cannot be turned into a command."""


class StateError(ShellperError):
    """State on disk that cannot be read or written."""


class Interrupted(ShellperError):
    """The user gave up waiting."""

    exit_code = 130


NO_COMMAND = (Refused, EngineError, ToolError)
