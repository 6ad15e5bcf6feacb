"""How the embedded model is made: hand-written records, synthesis, fine-tuning, export, measurement.

    data/*.turns     what people ask, written by hand, with slots      turns.py      reads them
    pools.py, slots.py  the values of the slots, and filling them      synthesis.py  records -> conversations
    noise.py         how people really type                            train.py      fine-tuning
    export.py        the GGUF file                                     evaluation.py measurement

Heavy imports (torch, transformers, gguf, numpy) happen here alone, inside the functions that need them.
"""
