"""Reads bash: which calls a command line makes, with which words, input and output.

`reader` walks the syntax tree, with `statements`, `loops`, `commands` and `redirections` for the kinds of nodes, and
collects what it finds in a `reading`. `words` resolves what words are, with `variables`, `expansions`, `braces` and
`escapes`; `marks` are the letters that stand for what is not known. `builtins` say what changes the script's `state`,
`shapes` what is dangerous whatever the commands are.
"""
