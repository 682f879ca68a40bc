"""Fits one head, or one group of exclusive heads: regularised logistic regression on sparse features.

The regression is scikit-learn's; what is ours is how features are scaled and rows weighed.
"""

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

DENSE = ("cue:", "cue2:", "shape:", "shapes:", "lex:")
# By how much F1 a threshold farther from .5 must be better. Around the best F1 is flat, and what two annotators agree on is
# less than what one of them marked in the rows fitted on.
PULL = 0.3
# Features that tell which collection a post comes from rather than what it says.
SOURCE_SHAPES = (
    "shape:tokens", "shape:handle", "shape:url", "shape:hashtag", "shape:number", "shape:retweet", "shape:quote",
    "shape:sentences",
)


def is_dense(names):
    return np.array([n.startswith(DENSE) for n in names])


# How much freer a word is to weigh the more it leans to one class, how much freer a rare word, and of how many posts of the
# average class what leans is held back. Cross-validated average precision of reasons and requests rises by .026 in the mean of
# eight, of other small heads by .004, complaints' AUC by .003, at home and in kinds of post left out; more (.75) gains no more.
LEAN = 0.5
RARE = 0.15
SMOOTH = 3.0


class Head:
    """A fitted head: weights by feature, and a base."""

    def __init__(self, columns, weights, bases):
        self.columns, self.weights, self.bases = columns, weights, bases

    def raw(self, features):
        return np.asarray(features[:, self.columns] @ self.weights.T) + self.bases


def freedom(x, y, weight, lean, rare):
    """How much less each feature is held back than the average one: by how far it leans to one class in the rows of `weight`
    (the log of how much more often that class has it, after Wang and Manning 2012) and by how few rows have it."""
    used = weight > 0
    has, y, weight = (x[used] != 0).astype(np.float64), y[used], weight[used]
    by_class = [(y == c) for c in np.unique(y)]
    count = np.stack([has[mine].T @ weight[mine] for mine in by_class])
    share = np.array([weight[mine].sum() for mine in by_class]) / weight.sum()
    nobody = SMOOTH * weight.mean()
    often = (count + nobody * share[:, None]) / (count.sum(0) + nobody) / share[:, None]
    rows = np.asarray(has.sum(0)).ravel()
    # A little for what leans nowhere: its neighbours may need it.
    free = (np.abs(np.log(often)).max(0) + 0.001) ** lean * (1 + rows) ** -rare
    return free / np.sqrt((free**2 * rows).sum() / rows.sum())


def fit(features, names, y, weight, *, words=4.0, strength=0.05, fewest=3, without=(), only_dense=False, groups=None,
        level=None, own=(), ease=2.5, lean=LEAN, rare=RARE):
    """Fits `y` (0/1, or classes from 0) with L2 strength 1/`strength`.

    `words` is how much less words are held back than cues and shapes, `lean` and `rare` how much that differs among them;
    `fewest` how many rows must have a feature;
    `groups` are one-hot columns (language, collection) that take up level differences and are thrown away after: the
    base is that of the average row of weight in `level` (all rows, if not given). What is named in `own`, such as the cue
    written for this very head, is held back `ease` times less: of what few rows ask for, rows by hand know more.
    """
    dense = is_dense(names)
    have = np.diff(sp.csc_matrix(features[weight > 0]).indptr)
    keep = have >= fewest
    if without:
        keep &= ~np.array([n.startswith(tuple(without)) for n in names])
    if only_dense:
        keep &= dense
    columns = np.where(keep)[0]
    scale = np.where(dense[columns], 1.0, words).astype(np.float64)
    scale[np.isin(names[columns], own)] *= ease
    x = features[:, columns].astype(np.float64)
    worded = ~dense[columns]
    if worded.any():
        scale[worded] *= freedom(x[:, worded], y, weight, lean, rare)
    x = x.multiply(scale[None, :]).tocsr()
    if groups is not None:
        x = sp.hstack([x, groups]).tocsr()
    model = LogisticRegression(C=strength, max_iter=500, tol=1e-5)
    model.fit(x[weight > 0], y[weight > 0], sample_weight=weight[weight > 0])
    weights = model.coef_[:, : len(columns)] * scale[None, :]
    bases = model.intercept_.copy()
    if groups is not None:
        level = weight if level is None else weight * level
        share = np.asarray(groups.multiply(level[:, None]).sum(0)).ravel() / level.sum()
        bases = bases + model.coef_[:, len(columns):] @ share
    return Head(columns, weights, bases)


def balanced(y, weight, share, by=None):
    """Weights with the classes of `y` brought together, wholly at `share` 1, within each of `by`."""
    weight = weight.astype(float).copy()
    groups = np.zeros(len(y), int) if by is None else by
    for group in np.unique(groups):
        inside = (groups == group) & (weight > 0)
        classes = np.unique(y[inside])
        for c in classes:
            mine = inside & (y == c)
            weight[mine] *= (inside.sum() / len(classes) / mine.sum()) ** share
    return weight


def platt(raw, y, weight=None):
    """Slope and offset that turn raw values into calibrated log-odds."""
    model = LogisticRegression(C=10.0, max_iter=200)
    model.fit(raw.reshape(-1, 1), y, sample_weight=weight)
    return max(float(model.coef_[0, 0]), 0.05), float(model.intercept_[0])


def folds(count, parts, seed):
    """A fixed split of rows."""
    return np.random.RandomState(seed).permutation(count) % parts


def bagged(count, choose, times=25):
    """The mean of what `choose` gives on resamples of `count` rows: a choice among few rows that does not jump from fit to fit."""
    random = np.random.RandomState(11)
    return np.mean([choose(random.randint(0, count, count)) for _ in range(times)], axis=0)


def best_threshold(probability, y):
    """The probability from which F1 is best, pulled a little towards .5."""
    def choose(rows):
        best, at = -1.0, 0.5
        for threshold in np.arange(0.08, 0.9, 0.02):
            said = probability[rows] >= threshold
            hits = (said & (y[rows] == 1)).sum()
            f1 = 2 * hits / max(1, said.sum() + (y[rows] == 1).sum()) - PULL * abs(threshold - 0.5)
            if f1 > best:
                best, at = f1, threshold
        return at
    return float(bagged(len(y), choose))
