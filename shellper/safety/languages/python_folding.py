"""Python expressions that only put text together, worked out: 'sys' + 'tem', chr(47), ''.join([…]), 'mr'[::-1]."""

from __future__ import annotations

import ast
import base64
import codecs
import contextlib
from collections.abc import Callable

_LONGEST = 10_000


def fold(tree: ast.AST) -> None:
    """Put the text in the place of every expression that makes it. What is too deep stays as it is."""
    with contextlib.suppress(RecursionError):
        _Folder().visit(tree)


class _Folder(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        value = _value(node)
        if value is None or isinstance(node, ast.Constant) or len(value) > _LONGEST:
            return node
        return ast.copy_location(ast.Constant(value), node)


def _value(node: ast.AST) -> str | bytes | None:
    """The text of an expression whose parts are worked out already."""
    with contextlib.suppress(Exception):  # whatever Python itself would object to
        if isinstance(node, ast.BinOp):
            return _joined(node)
        if isinstance(node, ast.JoinedStr):
            return "".join(str(_constant(part)) for part in node.values)
        if isinstance(node, ast.Subscript):
            return _slice(node)
        if isinstance(node, ast.Call) and not node.keywords:
            return _called(node)
    return None


def _constant(node: ast.AST) -> object:
    """The value of a constant. Raises ValueError for anything else."""
    if isinstance(node, ast.FormattedValue):
        node = node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_constant(element) for element in node.elts]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _constant(node.operand)
        return -value if isinstance(value, int) else value
    if isinstance(node, (ast.Call, ast.GeneratorExp, ast.ListComp)):
        return [chr(code) for code in _codes(node)]
    if not isinstance(node, ast.Constant):
        raise ValueError
    return node.value


def _codes(node: ast.Call | ast.GeneratorExp | ast.ListComp) -> list[int]:
    """The numbers in `map(chr, […])` and `(chr(n) for n in […])`. Raises ValueError for anything else."""
    made = node.args[0] if isinstance(node, ast.Call) and len(node.args) == 2 else getattr(node, "elt", None)
    function = made.func if isinstance(made, ast.Call) else made
    if not (isinstance(function, ast.Name) and function.id == "chr"):
        raise ValueError
    codes = _constant(node.args[1] if isinstance(node, ast.Call) else node.generators[0].iter)
    return [code for code in codes if isinstance(code, int)] if isinstance(codes, (list, bytes)) else []


def _text(value: object) -> str | bytes | None:
    return value if isinstance(value, (str, bytes)) else None


def _joined(node: ast.BinOp) -> str | bytes | None:
    left, right = _constant(node.left), _constant(node.right)
    if isinstance(node.op, ast.Add) and isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(node.op, ast.Add) and isinstance(left, bytes) and isinstance(right, bytes):
        return left + right
    if isinstance(node.op, ast.Mult) and isinstance(left, str) and isinstance(right, int) and right < _LONGEST:
        return left[:_LONGEST] * min(right, _LONGEST // max(len(left), 1))
    if isinstance(node.op, ast.Mod) and isinstance(left, str) and left.count("%") == left.count("%s"):
        return left % (tuple(right) if isinstance(right, list) else right)
    return None


def _slice(node: ast.Subscript) -> str | bytes | None:
    value = _text(_constant(node.value))
    if value is None:
        return None
    if isinstance(node.slice, ast.Slice):
        return value[slice(*map(_end, (node.slice.lower, node.slice.upper, node.slice.step)))]
    place = _end(node.slice)
    return None if place is None else value[place : place + 1 or None]


def _end(node: ast.expr | None) -> int | None:
    value = _constant(node) if node is not None else None
    return value if isinstance(value, int) else None


def _join(text: str, parts: list[str]) -> str | None:
    return text.join(parts) if len(text) * len(parts) < _LONGEST else None


def _replace(text: str, old: str, new: str) -> str | None:
    return text.replace(old, new) if text.count(old) * len(new) < _LONGEST else None


def _format(text: str, *parts: object) -> str | None:
    """Only where nothing is said about width: a short text can ask for a very long one."""
    return text.format(*parts) if text.count("{") == text.count("{}") else None


def _decode(text: str | bytes, name: str) -> str | None:
    """Only what does not pack: a short text can hold a very long one."""
    if name.replace("_", "") == "rot13" and isinstance(text, str):
        return codecs.decode(text, "rot13")
    return bytes.fromhex(str(text)).decode("utf-8", "replace") if name == "hex" and isinstance(text, str) else None


_METHODS: dict[str, Callable[..., object]] = {
    "join": _join, "replace": _replace, "format": _format, "lower": str.lower, "upper": str.upper, "strip": str.strip,
    "swapcase": str.swapcase, "decode": lambda text, *_: text.decode("utf-8", "replace"),
    "encode": lambda text, *_: text.encode(),
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., object]] = {
    "chr": chr, "str": str, "bytes": bytes, "bytes.fromhex": bytes.fromhex, "bytearray.fromhex": bytes.fromhex,
    "base64.b64decode": base64.b64decode, "b64decode": base64.b64decode, "base64.b32decode": base64.b32decode,
    "binascii.unhexlify": bytes.fromhex, "unhexlify": bytes.fromhex, "codecs.decode": _decode,
}  # fmt: skip


def _called(node: ast.Call) -> str | bytes | None:
    arguments = [_constant(argument) for argument in node.args]
    if not all((isinstance(one, int) and one < _LONGEST) or not isinstance(one, int) for one in arguments):
        return None
    name = ast.unparse(node.func) if isinstance(node.func, (ast.Name, ast.Attribute)) and _is_name(node.func) else ""
    if name in _FUNCTIONS:
        return _text(_FUNCTIONS[name](*arguments))
    if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
        owner = _text(_constant(node.func.value))
        return None if owner is None else _text(_METHODS[node.func.attr](owner, *arguments))
    return None


def _is_name(node: ast.AST) -> bool:
    """Whether it is a name with at most one dot, and so short."""
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
