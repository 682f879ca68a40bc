# /// script
# requires-python = ">=3.10"
# dependencies = ["numpy==2.4.6", "scipy==1.17.1", "scikit-learn==1.9.1"]
# ///
"""Fits the numbers of lexicons/virality.tsv and measures them.

    DOLEANCE_DATA=<folder of the labelled posts> python lexicons/fit/virality.py

The model, which src/score/virality.rs evaluates:

    ln(1 + shares to come) is logistic with centre z and scale s, rounded to whole shares, so that
    P(shares to come >= c) = 1 / (1 + exp((ln(c + 1/2) - z) / s)).

Before any count, z is a sum (base, followers, reply, verified, link, and what the literature says of
arousal and the like) and s grows with the followers. Once counts are known, with n = reposts + c likes
and F(age) the share of the final reposts usually reached at that age,

    shares to come = (1 - F) * (k + n) / (k / e^z + F),

the mean of a rate with a gamma prior of shape k around e^z after n events in the time F: counts so far
divided by the growth curve, mixed with the prior. Parameters are those of greatest likelihood. No random
numbers but the seeded bootstrap; the same rows give the same file.
"""
import json
import math
import os
import re
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit
from sklearn.metrics import roc_auc_score

DATA = Path(os.environ.get("DOLEANCE_DATA") or sys.exit("set DOLEANCE_DATA")) / "virality"
OUT = Path(__file__).resolve().parent.parent / "virality.tsv"
LOW, KNEE = 500, 20_000
# later points of the growth curve, from the field notes (middle of each range)
LATER = [(180, 0.79), (360, 0.90), (1440, 0.98)]
SLOWER = 0.1


def rows(name):
    with open(DATA / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_copy(text):
    """Old-style retweets and quotes: their counts are those of another post."""
    return re.match(r'^(RT\b|["“])', text) is not None


def columns(posts, thread):
    get = lambda f: np.array([f(p) for p in posts], float)
    lf = np.log1p(get(lambda p: p["author"]["followers"]))
    low, knee = math.log1p(LOW), math.log1p(KNEE)
    x = np.c_[np.ones(len(posts)), np.minimum(lf - low, 0), np.clip(lf - low, 0, knee - low), np.maximum(lf - knee, 0),
              get(lambda p: p["is_reply"]), get(lambda p: p["author"]["verified"]), get(lambda p: "http" in p["text"]),
              np.full(len(posts), float(thread))]
    return x, get(lambda p: p["label"])


NAMES = ["base", "followers_below", "followers", "followers_above", "is_reply", "verified", "url", "replies_to_news"]


def log_likelihood(z, s, y):
    upper = np.where(y == 0, 1.0, expit((z - np.log(y + 0.5)) / s))
    return np.log(np.maximum(upper - expit((z - np.log(y + 1.5)) / s), 1e-12))


def solve(f, start, bounds=None):
    found = minimize(f, start, method="L-BFGS-B", bounds=bounds, options={"maxiter": 5000, "maxfun": 200_000})
    if not found.success:
        sys.exit(f"no convergence: {found.message}")
    return found.x


def scale(p, x):
    return p[8] + p[9] * x[:, 2]


def fit_prior(x, y):
    nll = lambda p: -log_likelihood(x @ p[:8], np.maximum(scale(p, x), 0.05), y).sum()
    return solve(nll, np.r_[0, 0.1, 0.2, 0.4, -0.4, 0.2, 0, -0.2, 0.55, 0.1])


def fit_unknown(p, x, y):
    """Scale and shift when the followers are not known: replies, each given the median account's followers."""
    median = np.tile(np.median(x[:, 1:4], axis=0), (len(x), 1))
    z = np.c_[x[:, :1], median, x[:, 4:]] @ p[:8]
    nll = lambda q: -log_likelihood(z + q[0], np.full(len(z), math.exp(q[1])), y).sum()
    q = solve(nll, np.r_[0.0, -0.4])
    return q[0] + p[7], math.exp(q[1])


def fit_growth(at, n, y):
    """F(t) = 1 - exp(-(t / tau)^beta): a straight line of ln(-ln(1 - F)) on ln t."""
    known = [(t, n[:, i].sum() / y.sum()) for i, t in enumerate(at)] + LATER
    t, f = np.array(known).T
    beta, cut = np.polyfit(np.log(t), np.log(-np.log(1 - f)), 1)
    return math.exp(-cut / beta), beta, known


def growth(g, at, n):
    return 1 - np.exp(-((at / (g[0] * (1 + n) ** SLOWER)) ** g[1]))


def remaining(o, g, z, s, at, n, likes):
    k, c, sc = o
    weight = n + c * likes
    f = growth(g, at, n)
    return np.log(1 - f) + np.log((k + weight) / (k * np.exp(-z) + f)), np.where(weight > 0, sc, s)


def fit_observed(g, z, s, ages, n, likes, y):
    def nll(q):
        o = np.exp(q)
        return -sum(log_likelihood(*remaining(o, g, z, s, t, n[:, i], likes[:, i]), np.maximum(y - n[:, i], 0)).sum()
                    for i, t in enumerate(ages))
    return np.exp(solve(nll, np.log([1.5, 0.15, 0.6])))


def observations(posts):
    get = lambda k: np.array([[o[k] for o in p["observations"]] for p in posts], float)
    ages = get("age_minutes")
    assert (ages == ages[0]).all()
    return ages[0], get("reposts"), get("likes")


def at_least(c, z, s, n):
    return np.where(n >= c, 1.0, expit((z - np.log(np.maximum(c - n, 1) + 0.5)) / s))


def interval(z, s, n):
    quantile = lambda q: np.floor(np.maximum(0, np.exp(z + s * logit(q)) - 1) + 0.5)
    low = quantile(0.05)
    return n + low, n + np.where(low > 0, quantile(0.95), quantile(0.90))


def measure(name, z, s, n, y):
    p10, p100 = at_least(10, z, s, n), at_least(100, z, s, n)
    low, high = interval(z, s, n)
    seed = np.random.default_rng(20261121)
    boot = []
    for _ in range(1000):
        i = seed.integers(0, len(y), len(y))
        if 0 < (y[i] >= 10).sum() < len(i):
            boot.append(roc_auc_score(y[i] >= 10, p10[i]))
    ci = np.quantile(boot, [0.025, 0.975])
    print(f"{name:28} auc {roc_auc_score(y >= 10, p10):.4f} [{ci[0]:.3f}, {ci[1]:.3f}]  p10 {p10.mean():.4f} seen "
          f"{(y >= 10).mean():.4f}  p100 {p100.mean():.4f} seen {(y >= 100).mean():.4f}  covers "
          f"{((y >= low) & (y <= high)).mean():.3f} (above {(y > high).mean():.3f}, below {(y < low).mean():.3f})")
    edges = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 1.01]
    cells = [(a, b, (p10 >= a) & (p10 < b)) for a, b in zip(edges, edges[1:])]
    print("    " + "  ".join(f"[{a},{min(b, 1)}) n {m.sum()} said {p10[m].mean():.3f} seen {(y[m] >= 10).mean():.3f}"
                             for a, b, m in cells if m.any()))


def round5(value):
    return float(f"{value:.5g}")


def main():
    train, dev = rows("tweets_en.train.jsonl"), rows("tweets_en.dev.jsonl")
    replies = [p for p in rows("threads_en.train.jsonl") if p["is_reply"] and not is_copy(p["text"])]
    (xt, yt), (xr, yr), (xd, yd) = columns(train, 0), columns(replies, 1), columns(dev, 0)
    p = fit_prior(np.r_[xt, xr], np.r_[yt, yr])
    unknown_shift, unknown_scale = fit_unknown(p, xr, yr)
    ages, n, likes = observations(train)
    g = fit_growth(ages, n, yt)
    print("growth", [(t, round(float(f), 3), round(float(growth(g, t, 0)), 3)) for t, f in g[2]])
    z, s = xt @ p[:8], scale(p, xt)
    o = fit_observed(g, z, s, ages, n, likes, yt)

    # ten folds: what the same fit gives on posts it has not seen
    folds = np.arange(len(train)) % 10
    zc, sc = np.empty(len(train)), np.empty(len(train))
    for fold in range(10):
        kept = folds != fold
        q = fit_prior(np.r_[xt[kept], xr], np.r_[yt[kept], yr])
        zc[~kept], sc[~kept] = xt[~kept] @ q[:8], scale(q, xt[~kept])
    zero = np.zeros(len(train))
    measure("train, ten folds", zc, sc, zero, yt)
    for i, t in enumerate(ages):
        zi, si = remaining(o, g, zc, sc, t, n[:, i], likes[:, i])
        measure(f"train after {t:.0f} min", zi, si, n[:, i], yt)
    zd, sd = xd @ p[:8], scale(p, xd)
    measure("dev", zd, sd, np.zeros(len(dev)), yd)
    _, nd, ld = observations(dev)
    for i, t in enumerate(ages):
        zi, si = remaining(o, g, zd, sd, t, nd[:, i], ld[:, i])
        measure(f"dev after {t:.0f} min", zi, si, nd[:, i], yd)
    measure("replies (fitted on)", xr @ p[:8], scale(p, xr), np.zeros(len(yr)), yr)

    fitted = f"fitted: greatest likelihood, {len(train)} tweets of 2015 and {len(replies)} replies to news threads"
    counts = f"fitted: greatest likelihood, {len(train)} tweets of 2015 at 10, 30 and 60 minutes"
    table = {
        "base": (p[0], f"{fitted}; no reply, no link, {LOW} followers"),
        "followers_below": (p[1], f"{fitted}; per ln(1 + followers) below {LOW}, where only replies were seen"),
        "followers": (p[2], f"{fitted}; per ln(1 + followers) from {LOW} to {KNEE}"),
        "followers_above": (p[3], f"{fitted}; per ln(1 + followers) above {KNEE}"),
        "is_reply": (p[4], fitted),
        "verified": (p[5], fitted),
        "url": (p[6], f"{fitted}; the field notes saw both signs"),
        "scale": (p[8], f"{fitted}; logistic scale at {LOW} followers and below"),
        "scale_followers": (p[9], f"{fitted}; added per ln(1 + followers) from {LOW} to {KNEE}"),
        "unknown_followers": (unknown_shift, "fitted: replies to news threads, followers withheld"),
        "unknown_scale": (unknown_scale, "fitted: replies to news threads, followers withheld"),
        "unknown_odds_10": (10.5 ** (1 / round5(unknown_scale)), "derived: exp(ln(10 + 1/2) / unknown_scale)"),
        "unknown_odds_100": (100.5 ** (1 / round5(unknown_scale)), "derived: exp(ln(100 + 1/2) / unknown_scale)"),
        "assumed_followers": (float(np.median([q["author"]["followers"] for q in replies])), "measured: median of those who reply in news threads"),
        "fitted_from": (LOW, "measured: the fitted tweets are by accounts of more followers"),
        "knee": (KNEE, "chosen: above it shares rise faster with followers"),
        "ln_assumed_followers": (math.log1p(float(np.median([q["author"]["followers"] for q in replies]))), "derived: ln(1 + assumed_followers)"),
        "ln_fitted_from": (math.log1p(LOW), "derived: ln(1 + fitted_from)"),
        "ln_knee": (math.log1p(KNEE), "derived: ln(1 + knee)"),
        "fitted_to": (max(q["author"]["followers"] for q in train), "measured: the largest account among the fitted tweets"),
        "growth_tau": (g[0], "fitted: line through the pooled share of final reposts at 10, 30, 60 minutes and three later points of the literature notes (3 h .79, 6 h .90, 24 h .98); minutes"),
        "growth_beta": (g[1], "fitted: as growth_tau"),
        "growth_slower": (SLOWER, "judgement: large cascades grow slower (.38 of the final count at 1 h in one sample, .65 in another)"),
        "counts_shape": (o[0], f"{counts}; prior events: so many counted shares weigh as much as the prior"),
        "counts_like": (o[1], f"{counts}; a like counts as so many shares"),
        "counts_scale": (o[2], f"{counts}; logistic scale once anything was counted"),
        "arousal_high": (0.20, "literature: anger +34 % and anxiety +21 % odds of sharing per standard deviation (Berger & Milkman 2012); taken as ln 1.22 at full arousal"),
        "arousal_low": (-0.10, "literature: sadness -16 % odds (Berger & Milkman 2012), shrunk"),
        "moral": (0.15, "literature: one moral-emotional word +20 % shares (Brady et al. 2017), shrunk"),
        "creative": (0.30, "judgement: a song or video made for the occasion travels"),
        "picture": (0.10, "judgement: any other attachment"),
        "private": (-3.0, "judgement: a private message spreads only if somebody publishes it"),
        "audience_share": (0.05, "judgement: a few per cent of a page's fans see what is written on it"),
        "amplifier_press": (100_000, "judgement: followers a press account brings"),
        "amplifier_influencer": (50_000, "judgement: followers an influencer brings"),
        "amplifier_consumer_org": (30_000, "judgement: followers a consumer association brings"),
        "amplifier_authority": (30_000, "judgement: followers a public figure brings"),
        "visible_share": (0.20, "judgement: 10 to 30 % of followers see a post"),
        "sharer_followers": (161, "measured: median followers of those who repost"),
        "share_per_follower": (0.00018, "measured: median over 52 well-known accounts"),
        "backlash_replies": (10, "judgement: fewer replies are a conversation, not a crowd"),
        "unknown_age": (60, "judgement: minutes assumed for counts of unknown age"),
    }
    with open(OUT, "w", encoding="utf-8", newline="\n") as out:
        out.write("# The numbers of the estimate of spread: see src/score/virality.rs for the formula.\n"
                  "# Made by lexicons/fit/virality.py; the note says where each number is from:\n"
                  "# fitted (on what), measured, literature, or judgement. Values are in ln(1 + shares) unless said otherwise.\n"
                  "name\tvalue\tnote\n")
        for name in sorted(table):
            value, note = table[name]
            digits = 12 if note.startswith("derived") or abs(value) >= 1e5 else 5
            out.write(f"{name}\t{value:.{digits}g}\t{note}\n")


main()
