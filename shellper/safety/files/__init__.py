"""Files of a call: which it reads (`inputs`), writes (`written`) and sends (`sending`), and what comes of them.

`remembering` keeps what was written for the calls that follow; `planted` tells what is run later by itself.
"""
