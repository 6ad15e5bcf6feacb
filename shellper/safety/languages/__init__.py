"""Code in other languages on the command line: which shell text it runs, which files it removes or writes.

`foreign` answers for all of them. `python_code` parses Python, with `python_folding` for text that is put together; of
the others `code_strings` takes the strings.
"""
