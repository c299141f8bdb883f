"""The verbs that a question can be turned around: their base form, and the helping verb that each form wants."""

import re

_IRREGULAR = (
    "become became, begin began, break broke, bring brought, build built, buy bought, catch caught, choose chose, "
    "come came, cost cost, cut cut, draw drew, drink drank, eat ate, fall fell, feed fed, find found, flee fled, "
    "fly flew, forbid forbade, get got, give gave, go went, grow grew, have had, hit hit, hold held, keep kept, "
    "lead led, leave left, lend lent, lose lost, make made, mean meant, meet met, pay paid, put put, read read, "
    "rise rose, run ran, see saw, sell sold, send sent, set set, shut shut, sink sank, sit sat, speak spoke, "
    "spend spent, split split, stand stood, take took, teach taught, tell told, throw threw, win won, write wrote"
)
_REGULAR = (
    "absorb accept achieve adopt allow appear apply approve arrive attack attract bake belong boil carry collapse "
    "collect consist contain create cross decide defeat deliver depend describe destroy develop die discover "
    "divide earn elect employ enable enter establish evict exist expect expire explain explode fail fill float "
    "follow generate govern graze guarantee happen harvest include increase inherit introduce invade invent join "
    "kill knead last launch lay lift link live locate marry measure melt migrate mix need occur open operate "
    "oversee own pay permit play pour prevent produce prohibit promise protect prove publish pump raise receive "
    "reduce refuse reject release remain remove repair repeal replace require resign return reverse sail save "
    "seize separate serve settle simmer soak spread stay stir strike succeed suffer surrender surround survive "
    "transport travel turn unite use vanish wait want weigh yield"
)
_NOUNS_TOO = (
    "affect ban call cause change close control cook cool cover demand design end export flow form found freeze help "
    "host import judge land lower mine move orbit order paint pass plant print reach rest roast rule settle share show "
    "sign sleep sort start stop store supply support treat visit vote work"
)
"""Verbs whose present forms are nouns as well: only their past is taken for a verb."""
_DOUBLED = {"ban": "banned", "permit": "permitted", "stir": "stirred", "stop": "stopped"}
_NO_REGULAR_PAST = frozenset({"lay", "oversee", "pay", "spread", "strike", "freeze", "show"})
BE_AND_MODALS = frozenset(
    re.findall(
        r"\w+",
        "is are was were can could will would may might must shall should has have had does do did",
    )
)
"""Verbs that stand before the subject themselves when a question is asked."""


def _s_form(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search(r"[^aeiou]y$", base) else f"{base}s"


def _past(base: str) -> str:
    if base in _DOUBLED:
        return _DOUBLED[base]
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if re.search(r"[^aeiou]y$", base) else f"{base}ed"


def _forms() -> dict[str, tuple[str, str]]:
    """Return, for each form, its base and its helping verb."""
    found: dict[str, tuple[str, str]] = {}
    for base in _REGULAR.split():
        found[base] = (base, "do")
        found[_s_form(base)] = (base, "does")
        if base not in _NO_REGULAR_PAST:
            found[_past(base)] = (base, "did")
    for base in _NOUNS_TOO.split():
        if base not in _NO_REGULAR_PAST:
            found[_past(base)] = (base, "did")
    for pair in _IRREGULAR.split(", "):
        base, past = pair.split()
        found[base] = (base, "do")
        found[_s_form(base)] = (base, "does")
        found[past] = (base, "did") if past != base else (base, "do")
    return found


FORMS = _forms()
"""Base and helping verb of every form that is known."""


def is_verb(word: str) -> bool:
    """Say whether a word is a form that is known."""
    return word in FORMS or word in BE_AND_MODALS


def opens_a_predicate(words: list[str]) -> bool:
    """Say whether what follows a subject begins with a verb."""
    return bool(words) and (is_verb(words[0]) or bool(re.fullmatch(r"[a-z]{3,}(?:ed|[^s’']s)", words[0])))


def singular(verb: str) -> str:
    """Return a verb as it goes on after “what” or “who”: “release” becomes “releases”."""
    be = {"are": "is", "were": "was", "have": "has", "do": "does"}
    if verb in be:
        return be[verb]
    return _s_form(verb) if FORMS.get(verb) == (verb, "do") else verb
