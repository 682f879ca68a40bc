#!/usr/bin/env python3
"""Fits the learned lexicon: lexicons/{fr,en}/weights.tsv and calibration.tsv.

    pip install -r lexicons/fit/requirements.txt
    DOLEANCE_DATA=folder python3 lexicons/fit/fit.py

Features come from the crate itself (examples/features.rs), so that what is fitted is what is served. The same inputs
give the same files, whose headers carry the checksum of what they were made from.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).parent))
import forms
import heads
import posts
import proper
import tongues
from joint import Joint
from written import prune, write

ROOT = Path(__file__).resolve().parents[2]
# How much of what is felt, negative less positive, counts towards a complaint beside what was fitted to complaints. Sentiment
# has ten times the posts, of more kinds: complaints of kinds left out of both fits are found better by it (AUC of goods .870
# to .883, of flights .947 to .954, of posts to firms .882 to .886, French goods .957 to .961), of the kinds fitted on .000 to
# .003 worse.
FELT = 0.1
# How much of an accusation counts towards escalation beside what was fitted to it (threats, and repeated contact with accusation): who
# is accused is likelier to be pursued. Told by the severity of tweets to brands, which that fit has not seen: AUC of accusation among
# complaints .718 to .745 cross-validated, .707 to .748 on development posts; of escalation .949 to .947 (French), .944 to .943.
ACCUSED = 0.2
# Added to a complaint by how many different words there are. A long text piles up cues, each of which counts as a whole, so
# that of French reviews of sixty words and more that praise, two in five were taken for complaints; half a log-odd a doubling
# from some thirty words on halves that, and finds complaints as well on all collections.
LENGTH = {"shape:tokens<33": 0.4, "shape:tokens<65": -0.4, "shape:tokens>=65": -1.0, "shape:tokens>=129": -0.6}
# A mark is its writer's own verdict, and few posts have one: its cues are held back less. No collection tells what it says of
# a complaint, for those with labels have none and the reviews are complaints by their stars: that is set by hand.
RATINGS = ["cue:rating.low", "cue:rating.high"]
# Alone these tell in which collection a post stands rather than what it says.
DECIDING = ("shape:handle", "shape:hashtag", "shape:tokens", "shape:retweet", "shapes:")
# Where two shapes of the form at once may weigh.
ALONE = tuple(shape for shape in DECIDING if shape != "shapes:")
# Pairs that say no more than the shapes they are of: without them complaints are found as well, to .0001 AUC on each collection
# and each kind left out, and shorter explanations say why.
SAME = tuple(f"shapes:{length}&tokens" for length in
             ("tokens<4", "tokens<9", "tokens<17", "tokens<33", "tokens<65")) + ("shapes:handle&handle", "shapes:url&url_last")


def features(rows):
    """The features of all rows as one sparse matrix, and their names."""
    subprocess.run(["cargo", "build", "-q", "--release", "--example", "features"], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    paths = list(dict.fromkeys(row["path"] for row in rows))
    vocabulary, data, columns, ends = {}, [], [], [0]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "features.tsv"
        subprocess.run([target / "release/examples/features", out, *paths], check=True)
        with out.open(encoding="utf-8") as lines:
            for line in lines:
                row = {}
                for pair in line.rstrip("\n").split("\t")[2:]:
                    name, value = pair.rsplit("=", 1)
                    at = vocabulary.setdefault(name, len(vocabulary))
                    row[at] = row.get(at, 0.0) + float(value)
                columns.extend(row.keys())
                data.extend(row.values())
                ends.append(len(columns))
    x = sp.csr_matrix((np.array(data, np.float32), np.array(columns, np.int32), np.array(ends)),
                      shape=(len(ends) - 1, len(vocabulary)))
    return x, np.array(list(vocabulary), dtype=object)


class Tongue:
    """The rows of one language with their features."""

    def __init__(self, language, rows, x, names, tied=True):
        self.language = language
        at = [i for i, row in enumerate(rows) if row.get("language") == language]
        self.rows = [rows[i] for i in at]
        self.train = np.array([row["part"] == "train" for row in self.rows])
        self.file = np.array([row["file"] for row in self.rows])
        banned = proper.banned(language, self.rows, ROOT)
        self.is_usable = lambda name: not (
            proper.gendered(name) or proper.is_numbered(name) or any(w in banned for w in proper.words_of(name)))
        self.tie(x[at], names, banned, tied)
        self.names = names
        self.weights = defaultdict(dict)  # feature -> head -> weight
        self.base = {}
        self.spread = {}
        self.squares = {}  # head -> mean square of each feature in the rows it was fitted on
        self.squares_among = {}
        self.calibration = {}
        self.written = {}

    def tie(self, x, names, banned, tied):
        """Puts the forms of a word into the column of one of them; the other columns stay, empty."""
        self.support = np.diff(sp.csc_matrix(x).indptr)
        seen = np.diff(sp.csc_matrix(x[self.train]).indptr)
        dense = heads.is_dense(names)
        self.forms = forms.Forms(self.language, {
            name: seen[at] for at, name in enumerate(names) if not dense[at] and " " not in name and ":" not in name})
        # What one form may not weigh, as a name, the other must not either.
        for word in list(banned):
            banned.update(self.forms.others.get(word, ()))
        usable = np.array([self.is_usable(name) for name in names])
        place, self.members = {}, defaultdict(list)
        columns = np.arange(len(names))
        for at, name in enumerate(names):
            if tied and usable[at] and not dense[at]:
                columns[at] = place.setdefault(self.forms.feature(name), at)
                if seen[at]:
                    self.members[names[columns[at]]].append(name)
        ties = sp.csr_matrix((usable.astype(np.float32), (np.arange(len(names)), columns)), shape=(len(names),) * 2)
        self.x = (x @ ties).tocsr()
        self.x.eliminate_zeros()

    def rows_of(self, name):
        """The rows that a feature fitted under `name` is written to: its forms, each in both genders and spellings."""
        if name.startswith(heads.DENSE):
            return [name]
        if name not in self.written:
            out = {}
            for member in self.members.get(name) or [name]:
                out.update(dict.fromkeys(n for n in self.forms.twins(member) if self.is_usable(n)))
            self.written[name] = list(out)
        return self.written[name]

    def labels(self, function):
        return np.array([-1 if (v := function(row)) is None else v for row in self.rows])

    def weigh(self, head, y):
        weight = np.array([posts.weight(head, row) for row in self.rows], float)
        return weight * self.train * (y >= 0)

    def keep(self, head, weights, base, raw_spread, among):
        """Takes the weights of a head by feature index. How much a weight moves its head is told by the rows `among`."""
        self.base[head] = float(base)
        self.spread[head] = float(raw_spread) or 1.0
        # Many heads share their rows.
        rows = np.packbits(among).tobytes()
        if rows not in self.squares_among:
            self.squares_among[rows] = np.asarray(self.x[among].multiply(self.x[among]).mean(0)).ravel()
        self.squares[head] = self.squares_among[rows]
        for at, weight in weights:
            if weight:
                self.weights[self.names[at]][head] = float(weight)


def take(tongue, fitted, names):
    """Keeps each row of a fitted head under its name."""
    used = tongue.train
    for k, head in enumerate(names):
        raw = np.asarray(tongue.x[used][:, fitted.columns] @ fitted.weights[k]).ravel()
        tongue.keep(head, zip(fitted.columns, fitted.weights[k]), fitted.bases[k], raw.std(), used)


def sentiment_head(tongue):
    """The classes of the rows, and what was fitted to them."""
    y = np.array([-1 if (s := posts.sentiment(row)) is None else posts.SENTIMENTS.index(s) for row in tongue.rows])
    weight = heads.balanced(y, tongue.weigh("sentiment", y), {"fr": 0.3, "en": 0.5}[tongue.language], tongue.file)
    # English has five times the posts, and carries over to other kinds when it holds back more.
    strength, lean = {"fr": (0.1, 0.5), "en": (0.04, 0.25)}[tongue.language]
    return y, heads.fit(tongue.x, tongue.names, y, weight, strength=strength, words=4.0, own=RATINGS, ease=4.0, lean=lean, rare=0,
                        without=DECIDING + ("shape:url", "shape:number", "shape:quote", "shape:sentences"))


def complaint_head(tongues):
    """Whether rows are complaints: both languages as one, and what was fitted to that."""
    joint = Joint(tongues, DECIDING, among=lambda tongue: tongue.labels(posts.complaint) >= 0)
    y = joint.labels(posts.complaint)
    weight = heads.balanced(y, joint.weigh("complaint", y), 0.5, joint.file)
    # Two shapes of the form at once do tell complaints, also of kinds left out (mean AUC of eight .920 to .926, goods .881 to .894,
    # brands .887 to .899, posts to firms .887 to .895 and .948 to .957; of kinds fitted on, cross-validated, .942 to .946). With 21
    # further shapes paired kinds fitted on gain .001 more and kinds left out lose .001; sentiment, repeated contact and requests
    # gain nothing by any.
    without = tuple(shape for shape in ALONE if shape != "shape:tokens") + SAME + ("cue:rating", "cue2:rating")
    return joint, y, joint.head((y == 1).astype(int), weight, strength=0.05, words=6.0, lean=0.4, rare=0, without=without)


def fit_sentiment(tongue):
    _, fitted = sentiment_head(tongue)
    # Shares are relative: neutral is where the others are measured from, and needs no weights.
    fitted.weights = fitted.weights - fitted.weights[1:2]
    fitted.bases = fitted.bases - fitted.bases[1]
    take(tongue, fitted, posts.SENTIMENTS)


def fit_complaint(tongues):
    joint, labels, fitted = complaint_head(tongues)
    joint.take(fitted, ["complaint"])
    for i, tongue in enumerate(tongues):
        y = labels[joint.side == i]
        tongue.base["complaint"] += FELT * (tongue.base["negative"] - tongue.base["positive"])
        column = np.zeros(len(tongue.names))
        index = {name: at for at, name in enumerate(tongue.names)}
        for name, by_head in tongue.weights.items():
            felt = FELT * (by_head.get("negative", 0.0) - by_head.get("positive", 0.0))
            by_head["complaint"] = by_head.get("complaint", 0.0) + felt + LENGTH.get(name, 0.0)
            column[index[name]] = by_head["complaint"]
        # Calibrated where the classes stand as they come to a care team.
        raw = tongue.x @ column + tongue.base["complaint"]
        tongue.spread["complaint"] = float(raw[tongue.train & (y >= 0)].std())
        near = np.isin(tongue.file, ["complaint/brands_en", "care/posts_en", "care/posts_fr"]) & (y >= 0)
        honest = near & ~tongue.train
        slope, offset = heads.platt(raw[honest], y[honest])
        tongue.calibration["complaint"] = (slope, offset, 0.5)


def share_ratings(french, english):
    """What a mark weighs, where it is written in the text: French has the reviews it can be learned from, and it means the
    same in both."""
    for name, complaint in zip(RATINGS, (0.8, -1.2)):
        for head in ("negative", "positive"):
            if head in french.weights[name]:
                english.weights[name][head] = french.weights[name][head]
        for tongue in (french, english):
            tongue.weights[name]["complaint"] = complaint


def care_only(joint, used):
    return np.array([joint.file[i].startswith("care/") for i in used])


def not_finance(joint, used):
    """The Indian banks' collection draws its levels elsewhere; it teaches a little, but does not decide."""
    return np.array([not joint.file[i].startswith("severity/finance") for i in used])


def fit_small(joint):
    y = np.array([-1 if (i := posts.intent(row)) is None else posts.INTENTS.index(i) for row in joint.rows])
    # Suggestions have no labels; their head is set by hand below.
    known = [0, 1, 2, 4]
    renamed = np.array([known.index(v) if v in known else -1 for v in y])
    # Told by two shapes at once: cross-validated, AP of questions .793 to .800, of praise .772 to .776.
    joint.fit(["intent." + posts.INTENTS[k] for k in known], renamed, joint.weigh("intent", renamed), strength=0.08,
              without=ALONE + SAME)
    for tongue in joint.tongues:
        tongue.base["intent.suggestion"] = -2.0
        tongue.weights["cue:suggestion"]["intent.suggestion"] = 2.8
        tongue.weights["cue:wish"]["intent.suggestion"] = 0.8
        tongue.weights["cue:agent.self"]["intent.suggestion"] = -0.2

    levels = joint.labels(posts.severity)
    by_level = []
    deciding = not_finance(joint, range(len(levels)))
    for k, name in enumerate(posts.SEVERITIES[1:], 1):
        y = np.where(levels < 0, -1, (levels >= k).astype(int))
        weight = heads.balanced(y, joint.weigh("severity", y), 0.5, joint.file)
        by_level.append(joint.fit([f"severity.{name}"], y, weight, strength=0.03, lean=0.25, target=not_finance,
                                groups=joint.collections, level=deciding)[:, 0])
    tune_severity(joint, levels, by_level, deciding)

    for which, names, function in (
        ("reason", posts.REASONS, posts.reasons), ("request", posts.REQUESTS, posts.requests),
    ):
        given = [function(row) for row in joint.rows]
        gold = np.array([[-1] * len(names) if g is None else [int(name in g) for name in names] for g in given])
        honest = np.zeros(gold.shape)
        for k, name in enumerate(names):
            weight = heads.balanced(gold[:, k], joint.weigh(which, gold[:, k]), 0.3)
            head = f"{which}.{name}"
            honest[:, k] = joint.fit([head], gold[:, k], weight, strength=0.06, own=["cue:" + head])[:, 0]
        tune_lists(joint, [f"{which}.{name}" for name in names], gold, honest)

    y = joint.labels(posts.repeat)
    joint.fit(["repeat"], y, heads.balanced(y, joint.weigh("repeat", y), 0.3), strength=0.06)
    y = joint.labels(posts.threat)
    joint.fit(["threat"], y, heads.balanced(y, joint.weigh("threat", y), 0.3), strength=0.05, target=care_only)
    y = joint.labels(posts.escalation)
    joint.fit(["escalation"], y, heads.balanced(y, joint.weigh("escalation", y), 0.3), strength=0.05,
              beside=("severity.accusation", by_level[1][:, None], ACCUSED))
    y = joint.labels(posts.irony)
    joint.fit(["irony"], y, heads.balanced(y, joint.weigh("irony", y), 0.5, joint.file), strength=0.03, target=care_only)


def ascend(start, steps, score):
    """From `start`, one coordinate after the other, to where `score` is best."""
    best, at = score(start), start
    for _ in range(3):
        for k in range(len(start)):
            for step in steps:
                tried = at.copy()
                tried[k] = step
                if (s := score(tried)) > best + 1e-9:
                    best, at = s, tried
    return at


def tune_severity(joint, levels, honest, deciding):
    """Chooses the decision weights of the levels for macro F1, on values of rows not fitted on. Tweets to brands, whose levels
    linguists gave, and posts to firms count alike, though there are four times as many of these."""
    from sklearn.metrics import f1_score

    for i, tongue in enumerate(joint.tongues):
        mine = joint.choosing((levels >= 0) & deciding & (joint.side == i))
        at_least = []
        for k, name in enumerate(posts.SEVERITIES[1:]):
            slope, offset, _ = tongue.calibration[f"severity.{name}"]
            at_least.append(1 / (1 + np.exp(-(slope * honest[k][mine] + offset))))
        at_least = np.minimum.accumulate(np.stack(at_least, 1), axis=1)
        shares = np.stack([1 - at_least[:, 0], at_least[:, 0] - at_least[:, 1], at_least[:, 1] - at_least[:, 2],
                           at_least[:, 2]], 1)
        gold = levels[mine]
        brands = np.char.endswith(joint.file[mine].astype(str), "/brands_en")
        kinds = [kind for kind in (brands, ~brands) if kind.any()]

        def score(bias, rows):
            said = (shares[rows] * np.exp(-np.array([0, *bias]))).argmax(1)
            parts = [kind[rows] for kind in kinds]
            return np.mean([f1_score(gold[rows][part], said[part], average="macro") for part in parts])

        def choose(rows):
            return ascend(np.zeros(3), np.arange(-1.2, 1.21, 0.2), lambda bias: score(bias, rows))

        bias = heads.bagged(len(mine), choose, 40)
        best = score(bias, np.arange(len(mine)))
        for k, name in enumerate(posts.SEVERITIES[1:]):
            slope, offset, _ = tongue.calibration[f"severity.{name}"]
            tongue.calibration[f"severity.{name}"] = (slope, offset, float(1 / (1 + np.exp(-bias[k]))))
        print(f"  severity {tongue.language}: cross-validated macro F1 {best:.3f}")


def tune_lists(joint, names, gold, honest):
    """Chooses the thresholds of heads that make up a list for its micro F1, on values of rows not fitted on."""
    for i, tongue in enumerate(joint.tongues):
        mine = joint.choosing((gold[:, 0] >= 0) & (joint.side == i))
        truth = gold[mine] == 1
        chance = np.zeros(truth.shape)
        for k, name in enumerate(names):
            slope, offset, _ = tongue.calibration[name]
            chance[:, k] = 1 / (1 + np.exp(-(slope * honest[mine, k] + offset)))

        def score(tried, rows):
            said = chance[rows] >= tried
            # Pulled a little towards the middle: of rare ones there is little to choose by.
            pull = 0.002 * np.abs(tried - 0.4).mean()
            return 2 * (said & truth[rows]).sum() / max(1, said.sum() + truth[rows].sum()) - pull

        def choose(rows):
            return ascend(np.full(len(names), 0.36), np.arange(0.14, 0.81, 0.02), lambda tried: score(tried, rows))

        thresholds = heads.bagged(len(mine), choose, 15)
        best = score(thresholds, np.arange(len(mine)))
        for name, threshold in zip(names, thresholds):
            slope, offset, _ = tongue.calibration[name]
            tongue.calibration[name] = (slope, offset, float(threshold))
        print(f"  {names[0].split('.')[0]} {tongue.language}: cross-validated micro F1 {best:.3f}")


def fit_english_signals(french, english):
    """Heads with labels in English only: words for English, cues and shapes for both."""
    for head, function, strength, threshold in (
        ("arousal", posts.arousal, 0.05, 0.5), ("abuse", posts.abuse, 0.05, 0.95),
    ):
        y = english.labels(function)
        weight = heads.balanced(y, english.weigh(head, y), 1.0)
        options = {"without": DECIDING, "strength": strength, "lean": 0, "rare": 0}
        fitted = heads.fit(english.x, english.names, (y == 1).astype(int), weight, **options)
        take(english, fitted, [head])
        shared = heads.fit(english.x, english.names, (y == 1).astype(int), weight, only_dense=True, **options)
        take(french, shared, [head])
        for tongue in (french, english):
            tongue.calibration[head] = (1.0, 0.0, threshold)


def checksum(rows):
    """Of everything the files depend on: labelled posts, lexicons, the fitting code."""
    digest = hashlib.sha256()
    for path in dict.fromkeys(row["path"] for row in rows):
        digest.update(Path(path).read_bytes())
    digest.update(tree_checksum(ROOT).encode())
    return digest.hexdigest()[:16] + " tree " + tree_checksum(ROOT)


def tree_checksum(root):
    """Of what stands in the tree: the lexicons by hand, our own labels and posts and the code that fits."""
    digest = hashlib.sha256()
    made = {"weights.tsv", "calibration.tsv"}
    parts = ["fr/*.tsv", "en/*.tsv", "shared/*.tsv", "fit/*.py", "fit/*.tsv", "fit/*.txt", "fit/composed/*.train.jsonl"]
    for path in sorted(path for part in parts for path in root.glob("lexicons/" + part)):
        if path.name not in made:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main():
    data = os.environ.get("DOLEANCE_DATA")
    if not data:
        sys.exit("set DOLEANCE_DATA to the folder of labelled posts")
    rows = posts.read(data, ["fr", "en"])
    # The files are made anew from the lexicons by hand alone.
    for language in ("fr", "en"):
        for name in ("weights.tsv", "calibration.tsv"):
            (ROOT / f"lexicons/{language}/{name}").unlink(missing_ok=True)
    x, names = features(rows)
    print(f"{x.shape[0]} posts, {x.shape[1]} features")
    votes = tongues.fit(data, x, names, rows, proper, ROOT)
    french, english = (Tongue(language, rows, x, names) for language in ("fr", "en"))
    for tongue in (french, english):
        fit_sentiment(tongue)
    fit_complaint([french, english])
    share_ratings(french, english)
    fit_small(Joint([french, english], DECIDING))
    fit_english_signals(french, english)
    stamp = checksum(rows)
    for tongue in (french, english):
        prune(tongue)
        write(tongue, votes[tongue.language], stamp, ROOT)


if __name__ == "__main__":
    main()
