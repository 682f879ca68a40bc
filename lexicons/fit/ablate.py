#!/usr/bin/env python3
"""What each family of features is worth: prints the table of lexicons/README.md.

    DOLEANCE_DATA=folder python3 lexicons/fit/ablate.py

Sentiment (macro F1) and complaint (AUC) on the dev files, fitted as fit.py does, each family left out or alone. Nothing
is written but to the terminal.
"""

import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import fit
import posts

from sklearn.metrics import f1_score, roc_auc_score

FAMILIES = {
    "all": lambda n: True,
    "without pairs of words": lambda n: kind(n) != "pair",
    "without negated words": lambda n: kind(n) != "negated",
    "without cues": lambda n: kind(n) != "cue",
    "without valence": lambda n: kind(n) != "valence",
    "without shape": lambda n: kind(n) != "shape",
    "words alone": lambda n: kind(n) in ("word", "pair", "negated"),
    "valence, cues and shape alone": lambda n: kind(n) in ("valence", "cue", "shape"),
    "valence alone": lambda n: kind(n) == "valence",
}


FILES = {
    "sentiment": ["sentiment/airline_en", "sentiment/semeval_en", "sentiment/umsab_en", "care/posts_en",
                  "sentiment/umsab_fr", "sentiment/politics_fr", "care/posts_fr"],
    "complaint": ["complaint/brands_en", "care/posts_en", "care/posts_fr"],
}


def kind(name):
    if name.startswith(("cue:", "cue2:")):
        return "cue"
    if name.startswith("lex:") or name.startswith(("shape:valence", "shape:short")):
        return "valence"
    if name.startswith(("shape:", "shapes:")):
        return "shape"
    if name.startswith("not:"):
        return "negated"
    return "pair" if " " in name else "word"


def wanted(tongue, keep):
    """The features of a tongue that `keep` wants."""
    kept = np.array([keep(name) for name in tongue.names], np.float32)
    x = tongue.x.multiply(kept[None, :]).tocsr()
    x.eliminate_zeros()
    return x


def measure(tongues):
    """The dev figures of both heads, fitted as fit.py does."""
    out = {}
    for tongue in tongues:
        y, fitted = fit.sentiment_head(tongue)
        raw = fitted.raw(tongue.x)
        for name in FILES["sentiment"]:
            at = ~tongue.train & (tongue.file == name) & (y >= 0)
            if at.any():
                out[f"sentiment {name.split('/')[1]}"] = f1_score(y[at], raw[at].argmax(1), average="macro")
    joint, y, fitted = fit.complaint_head(tongues)
    raw = fitted.raw(joint.x)[:, 0]
    for name in FILES["complaint"]:
        at = ~joint.train & (joint.file == name) & (y >= 0)
        out[f"complaint {name.split('/')[1]}"] = roc_auc_score(y[at], raw[at])
    return out


def main():
    data = os.environ.get("DOLEANCE_DATA")
    if not data:
        sys.exit("set DOLEANCE_DATA to the folder of labelled posts")
    rows = posts.read(data, ["fr", "en"])
    x, names = fit.features(rows)
    header = None
    for family, keep in {**FAMILIES, "forms of a word not tied": FAMILIES["all"]}.items():
        tied = family != "forms of a word not tied"
        tongues = [fit.Tongue(language, rows, x, names, tied) for language in ("fr", "en")]
        for tongue in tongues:
            tongue.x = wanted(tongue, keep)
        cells = measure(tongues)
        if header is None:
            header = list(cells)
            print("| features | " + " | ".join(header) + " |\n|---" * 1 + "|---" * len(header) + "|")
        print(f"| {family} | " + " | ".join(f"{cells[c]:.3f}"[1:] for c in header) + " |", flush=True)


if __name__ == "__main__":
    main()
