"""Code in other languages on the command line: which shell text it runs, which files it removes or writes."""
