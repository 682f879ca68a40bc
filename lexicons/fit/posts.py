"""The labelled posts: which files, which label of which head, how much each weighs.

Nothing here is fitted; it is where one argues about what counts as what.
"""

import hashlib
import json
from pathlib import Path

FILES = {
    "en": [
        "care/posts_en", "complaint/brands_en", "complaint/finance_en", "complaint/airlines2014_en",
        "severity/brands_en", "severity/finance_en", "sentiment/semeval_en", "sentiment/airline_en",
        "sentiment/apple_en", "sentiment/umsab_en", "intensity/vader_rated_en", "reasons/airline_en",
        "signals/irony_en", "signals/offensive_en", "signals/emotion_en", "threats/acting", "threats/candidates",
        "unlabelled/brands_en", "replies/brands_en", "virality/tweets_en", "virality/threads_en", "composed/posts_en",
    ],
    "fr": [
        "care/posts_fr", "sentiment/umsab_fr", "sentiment/politics_fr", "stars/insurance_fr",
        "stars/amazon_fr", "signals/irony_fr", "threats/acting", "threats/candidates", "unlabelled/brands_fr",
        "replies/transport_fr", "replies/shop_fr", "composed/posts_fr",
    ],
}
# What care teams wrote to such posts.
REPLIES = [name for names in FILES.values() for name in names if name.startswith("replies/")]
# What people say of politics, games and each other: a complaint to a firm is next to never among it.
GENERAL = [
    "virality/tweets_en", "virality/threads_en", "signals/irony_en", "signals/offensive_en", "signals/irony_fr",
    "sentiment/politics_fr",
]
# Rows without labels of their own, of which some have one in labels.tsv.
PARTS = ("train", "dev", "unlabelled")
LABELS = ("label", "severity", "sentiment", "intent", "reasons", "requests", "repeat", "threats", "irony")

SENTIMENTS = ["negative", "neutral", "positive"]
INTENTS = ["complaint", "question", "praise", "suggestion", "other"]
SEVERITIES = ["no_explicit_reproach", "disapproval", "accusation", "blame"]
REASONS = [
    "delivery", "waiting", "unreachable", "billing", "refund", "product", "outage", "app_account", "staff",
    "contract", "travel_disruption", "safety_privacy", "communication", "other",
]
REQUESTS = ["answer", "fix", "refund", "compensation", "replacement", "cancel", "explanation", "contact"]

# GoEmotions by what they feel like, and by how stirred one is (Russell's circumplex).
GLAD = set("admiration amusement approval caring excitement gratitude joy love optimism pride relief".split())
SORRY = set("anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse "
            "sadness".split())
STIRRED = set("anger disgust fear excitement surprise nervousness annoyance".split())
CALM = set("sadness disappointment grief remorse caring approval realization relief neutral confusion".split())


def own_labels():
    """The labels of labels.tsv, by the hash of the text they were given to."""
    out = {}
    with (Path(__file__).parent / "labels.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            of, *given = line.rstrip("\n").split("\t")
            labels = dict(zip(LABELS, given, strict=True))
            labels["severity"] = labels["severity"] or None
            for lists in ("reasons", "requests", "threats"):
                labels[lists] = labels[lists].split(",") if labels[lists] else []
            for flags in ("repeat", "irony"):
                labels[flags] = labels[flags] == "1"
            out[of] = labels
    return out


def read(data, languages):
    """Rows of train and dev files, each with its file, its part and its JSON. What labels.tsv has labels for is read as a
    care post, whatever file it is from."""
    rows, seen, own = [], set(), own_labels()
    for language in languages:
        for name in FILES[language]:
            for part in PARTS:
                ours = name.startswith("composed/")
                path = (Path(__file__).parent if ours else Path(data)) / f"{name}.{part}.jsonl"
                # Nothing is chosen by the posts of our own that are held out.
                if (name, part) in seen or not path.exists() or (ours and part == "dev"):
                    continue
                seen.add((name, part))
                with path.open(encoding="utf-8") as lines:
                    for line in lines:
                        row = {"file": f"care/{name}" if ours else name, "part": part, "path": str(path), **json.loads(line)}
                        if part != "dev":
                            row["part"] = "train"
                            # Once: the same post may stand in several files.
                            labels = None if name == "complaint/brands_en" else own.pop(
                                hashlib.sha256(row["text"].encode()).hexdigest()[:16], None)
                            if labels and name == "severity/brands_en":
                                # Linguists said how severe it is, and in complaint/brands_en that it is a complaint.
                                row.update(labels, severity=row["label"], file="care/brands_en")
                            elif labels:
                                row.update(labels, file="care/own_" + row["language"])
                        rows.append(row)
    return rows


def language(row):
    """Posts nobody has looked at hold other languages too: they do not tell what English is."""
    unseen = "/unlabelled/" in row["path"] or is_reply(row) or row["file"].startswith("virality/")
    return None if unseen else row.get("language")


def sentiment(row):
    name = row["file"]
    if name.startswith("care/"):
        return row.get("sentiment")
    if name.startswith("sentiment/"):
        return row["label"]
    if name == "intensity/vader_rated_en":
        mean = row["label"]
        return "negative" if mean < -0.6 else "positive" if mean > 0.6 else "neutral" if abs(mean) < 0.3 else None
    if name == "signals/emotion_en":
        felt = set(row["label"])
        glad, sorry = felt & GLAD, felt & SORRY
        if glad and not sorry:
            return "positive"
        if sorry and not glad:
            return "negative"
        return "neutral" if felt == {"neutral"} else None
    if name.startswith("stars/"):
        return {1: "negative", 2: "negative", 3: "neutral", 4: "positive", 5: "positive"}[row["label"]]
    return None


def complaint(row):
    name = row["file"]
    if is_reply(row) or name in GENERAL:
        return 0
    if name.startswith(("care/", "complaint/")):
        return {"complaint": 1, "other": 0}.get(row.get("label"))
    if name == "sentiment/airline_en":
        return {"negative": 1, "positive": 0}.get(row["label"])
    if name == "intensity/vader_rated_en" and row.get("source") == "amazonReviewSnippets":
        # The only English words on goods; without them, praise at length counts as a complaint.
        return 0 if row["label"] > 1 else 1 if row["label"] < -1 else None
    if name.startswith("stars/"):
        return {1: 1, 2: 1, 5: 0}.get(row["label"])
    return None


def severity(row):
    name = row["file"]
    level = row.get("severity") if name.startswith("care/") else row["label"] if name.startswith("severity/") else None
    return SEVERITIES.index(level) if level in SEVERITIES else None


def is_care(row):
    return row["file"].startswith("care/")


def is_reply(row):
    """What a care team writes names all that can go wrong, and neither complains nor threatens."""
    return row["file"] in REPLIES


def reasons(row):
    if is_care(row) and row.get("label") == "complaint" and "reasons" in row:
        return set(row["reasons"])
    return None


def requests(row):
    return set(row["requests"]) if is_care(row) and "requests" in row else None


def intent(row):
    if is_reply(row):
        return "other"
    if is_care(row):
        kind = row.get("intent")
        return kind if kind in INTENTS else None
    return None


def repeat(row):
    if is_reply(row):
        return 0
    return int(row["repeat"]) if is_care(row) and "repeat" in row else None


def threat(row):
    if is_reply(row):
        return 0
    if is_care(row) and "threats" in row:
        return int(bool(row["threats"]))
    if row["file"] == "threats/acting":
        return int(row["label"] == "threat")
    return None


def escalation(row):
    if is_reply(row):
        return 0
    if not is_care(row) or "threats" not in row or "repeat" not in row:
        return None
    return int(bool(row["threats"]) or (row["repeat"] and row.get("severity") in ("accusation", "blame")))


def irony(row):
    if row["file"].startswith("signals/irony"):
        return int(row["label"] == "irony")
    if is_care(row) and "irony" in row:
        return int(row["irony"])
    return None


def abuse(row):
    return int(row["label"] == "offensive") if row["file"] == "signals/offensive_en" else None


def arousal(row):
    if row["file"] != "signals/emotion_en":
        return None
    felt = set(row["label"])
    if felt & STIRRED and not felt & CALM:
        return 1
    return 0 if felt <= CALM else None


# How much one row of a file weighs, by head; what is not named weighs 1.
WEIGHTS = {
    "sentiment": {
        "care/posts_en": 3, "care/posts_fr": 4, "care/own_en": 2.5, "care/own_fr": 2.5, "care/brands_en": 2.5,
        "care/composed/posts_en": 0.7, "care/composed/posts_fr": 0.7,
        "sentiment/airline_en": 2, "sentiment/apple_en": 1,
        "intensity/vader_rated_en": 1.2, "signals/emotion_en": 0.25, "stars/insurance_fr": 0.25,
        "stars/amazon_fr": 0.45, "sentiment/umsab_fr": 3, "sentiment/politics_fr": 1.8,
    },
    "complaint": {
        "care/posts_en": 1.5, "care/posts_fr": 1.5, "care/own_en": 1, "care/own_fr": 1, "care/brands_en": 0,
        "care/composed/posts_en": 0.4, "care/composed/posts_fr": 0.4,
        "complaint/brands_en": 3, "complaint/finance_en": 0.5,
        "complaint/airlines2014_en": 1, "sentiment/airline_en": 0.35, "intensity/vader_rated_en": 0.3,
        "stars/insurance_fr": 0.16, "stars/amazon_fr": 0.08,
        # Half as many general posts are taken for complaints (French politics .24 and .1, English tweets .18 and .14), and brands'
        # tweets are told from random ones (AUC .895 to .899, with brands left out .877 to .886), flights (.917 to .920) and banks
        # (.963 to .965) found better; English posts to firms lose .001, snippets on goods, left out, .005. Twice as much costs
        # these more; French, which has no other random posts, bears more.
        "virality/tweets_en": 0.2, "virality/threads_en": 0.02, "signals/irony_en": 0.03, "signals/offensive_en": 0.03,
        "signals/irony_fr": 0.2, "sentiment/politics_fr": 0.4,
    },
    "severity": {"severity/finance_en": 0.1, "severity/brands_en": 0.7, "care/brands_en": 0.7},
    "request": {"care/composed/posts_en": 0.5, "care/composed/posts_fr": 0.5},
    "irony": {"care/posts_en": 0.5, "care/own_en": 0.5, "care/brands_en": 0.5, "care/posts_fr": 1,
              "signals/irony_fr": 0.3},
    "threat": {"threats/acting": 0.5},
}
# A third of the replies were taken for complaints (French shop .33, transport .24, English brands .22; so little that a complaint of
# a kind left out is found as well as without: .02, .007, .145).
for _head, _weight in {"complaint": 0.1, "intent": 0.02, "repeat": 0.3, "threat": 0.3, "escalation": 0.3}.items():
    WEIGHTS.setdefault(_head, {}).update(dict.fromkeys(REPLIES, _weight))


# News, answers of a care team, talk: what the collections hold least of. At .4, as the other posts composed, 5 of 12 French and 8
# of 12 English headlines were taken for complaints and the held-out posts composed told apart at AUC .857 and .846, at .7 4 and 6
# (.862, .851), at 1 3 and 4 (.865, .854); tweets to brands lose .001 at .7 and .002 at 1, kinds left out .001 at most and .002.
BESIDE = 0.7


def weight(head, row):
    if head == "complaint" and row["file"].startswith("care/composed/") and row["intent"] == "other":
        return BESIDE
    return WEIGHTS.get(head, {}).get(row["file"], 1)
