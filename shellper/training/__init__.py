"""How the embedded model is made: hand-written records, synthesis, fine-tuning, export, measurement.

What is taught:
    turns.py         `data/*.turns`: what people ask and the commands for it, written by hand, with slots
    slots.py         fills the slots, in requests as people say it, in commands as an expert quotes it
    pools.py         draws the values for them
    vocabulary.py    the word lists that the values are made of
    phrases.py       how people say it: `data/followups.phrases`, `data/scenes/*.phrases`
    followups.py     what people say about the command that they have just got
    scenes/          conversations by simulation
    noise.py         how people really type
    synthesis.py     all of these together: an endless stream of conversations
    command_words.py the words that commands are made of, for the embedded engine's doubts
    collection.py    as many of them as are wanted, with the user's own, without what must stay out
    dataset.py       conversations in files

Training:
    finetuning.py    from data and a base model to a model file
    origin.py        what the base says of itself
    train.py         the recipe and the loop
    parallel.py      one process or several
    quantization.py  rounds weights to llama.cpp's formats
    export.py        writes the GGUF file
    mean.py          makes one model file of two models

Measurement:
    points.py        what an engine is asked, and which answers are right
    evaluation.py    asks and judges
    summary.py       counts
    statistics.py    intervals and tests
    report.py        the numbers in words, and as a picture

Heavy imports (torch, transformers, gguf, numpy) happen here alone, inside the functions that need them.
"""

from pathlib import Path

DATA = Path(__file__).parent / "data"
"""What was written by hand; and blocklist.json, see collection.py."""
