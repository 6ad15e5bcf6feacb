"""What is known at one point of a script: variables, functions, files, the working directory."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shellper.safety.calls import Call, Descriptor, Redirect, Word
from shellper.safety.flows import TERMINAL, Data

if TYPE_CHECKING:
    from tree_sitter import Node

    from shellper.safety.syntax import Tree

MOST_VALUES = 24
"""How many values of a variable are kept."""
MOST_CHARACTERS = 20_000
"""How much of each."""
MOST_ELEMENTS = 300
"""How many elements of an array."""


@dataclass
class State:
    """Variables, functions and the working directory at one point of a script. `copy` gives a subshell its own."""

    variables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    arrays: dict[str, dict[str, str]] = field(default_factory=dict)
    """The elements of arrays by their keys; `variables` has all of them as one text. Replaced, never changed."""
    taints: dict[str, frozenset[str]] = field(default_factory=dict)
    functions: dict[str, tuple[Tree, Node] | None] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    positional: tuple[Word, ...] | None = None
    cwd: str | None = None
    stdin: Data = TERMINAL
    downloads: set[str] = field(default_factory=set)
    secrets: set[str] = field(default_factory=set)
    """Files into which earlier commands put keys or passwords."""
    links: dict[str, str] = field(default_factory=dict)
    """Links that earlier commands made, and where they lead."""
    files: dict[str, Data] = field(default_factory=dict)
    """What earlier commands wrote into files."""
    running: str = ""
    """The script that is being read, if an earlier command wrote it."""
    looped: bool = False
    background: bool = False
    branch: bool = False
    """Inside if, case or a loop: an assignment adds a possible value instead of replacing."""
    wrapped: bool = False
    remote: bool = False
    implied: bool = False
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The variables that a name may stand for (`declare -n`), none where they are still to be given."""
    descriptors: dict[str, Descriptor] = field(default_factory=dict)

    def copy(self) -> State:
        """An independent copy, as a subshell gets it. Files are shared: they outlive subshells."""
        return replace(
            self,
            variables=dict(self.variables),
            arrays=dict(self.arrays),
            taints=dict(self.taints),
            functions=dict(self.functions),
            aliases=dict(self.aliases),
            references=dict(self.references),
            descriptors=dict(self.descriptors),
        )

    def call(self, name: str, args: Iterable[Word] = (), redirects: Iterable[Redirect] = ()) -> Call:
        """A command as it would be run at this point."""
        return Call(
            name,
            tuple(args),
            tuple(redirects),
            stdin=self.stdin,
            cwd=self.cwd,
            looped=self.looped,
            background=self.background,
            wrapped=self.wrapped,
            remote=self.remote,
            downloads=frozenset(self.downloads),
            secrets=frozenset(self.secrets),
            links=tuple(self.links.items()),
            implied=self.implied,
        )

    def named(self, name: str) -> tuple[str, ...]:
        """The variables that a name stands for: itself, or those that it refers to."""
        found = [name]
        for one in found:  # which grows as it is read
            found += [other for other in self.references.get(one, ()) if other not in found and len(found) < 24]
        return tuple(one for one in found if not self.references.get(one)) or (name,)

    def refer(self, name: str, values: tuple[str, ...]) -> None:
        """Make a name stand for other variables."""
        self.references[name] = tuple(value for value in values if value not in ("", name))

    def assign(self, name: str, values: tuple[str, ...], taints: frozenset[str] = frozenset()) -> None:
        """Set a variable, or those that it refers to; inside a branch the values that they had stay possible."""
        if self.references.get(name) == ():
            self.refer(name, values)
            return
        for one in self.named(name):
            old = self.variables.get(one, ()) if self.branch else ()
            self.arrays.pop(one, None)
            kept = dict.fromkeys((*old, *(value[:MOST_CHARACTERS] for value in values)))
            self.variables[one] = tuple(kept)[:MOST_VALUES]
            self.taints[one] = taints | (self.taints.get(one, frozenset()) if self.branch else frozenset())

    def elements(self, name: str) -> dict[str, str]:
        """The elements of an array, or of the first that the name refers to, by their keys."""
        return self.arrays.get(self.named(name)[0], {})

    def assign_array(self, name: str, elements: dict[str, str], taints: frozenset[str] = frozenset()) -> None:
        """Set an array by its elements; inside a branch only as the text of all, which may be the old one."""
        known = [one for one in self.named(name) if not (self.branch and one in self.variables)]
        elements = dict(itertools.islice(elements.items(), MOST_ELEMENTS))
        self.assign(name, (" ".join(elements.values()),), taints)
        self.arrays.update(dict.fromkeys(known, elements))

    def keep(self, before: State) -> None:
        """Keep the values that variables had before as possible ones: what came since may not have run."""
        for name, elements in before.arrays.items():
            if self.arrays.get(name) != elements:
                self.arrays.pop(name, None)
        for name, values in before.variables.items():
            self.variables[name] = tuple(dict.fromkeys((*values, *self.variables[name])))[:MOST_VALUES]
            self.taints[name] = before.taints.get(name, frozenset()) | self.taints.get(name, frozenset())

    def adopt(self, inner: State) -> None:
        """Take over the variables of a copy: what it read runs in this shell after all."""
        self.variables.update(inner.variables)
        self.arrays = dict(inner.arrays)
        self.taints.update(inner.taints)
        self.references.update(inner.references)
        self.descriptors.update(inner.descriptors)

    def adopt_but(self, inner: State, names: set[str]) -> None:
        """`A=1 command`: take over what the command sets in a copy, but not A."""
        self.cwd = inner.cwd
        self.variables.update({name: values for name, values in inner.variables.items() if name not in names})
        self.taints.update({name: taints for name, taints in inner.taints.items() if name not in names})
        self.arrays = {name: elements for name, elements in inner.arrays.items() if name not in names}


@dataclass(frozen=True)
class Surroundings:
    """Where the command would run: its directory, if known, and the user's home."""

    cwd: Path | None
    home: str
