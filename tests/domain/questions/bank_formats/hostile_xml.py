"""Moodle XML made by hand to be read wrongly, or to do harm, and what must be said of it; nothing where it is sound."""

LONG = "x" * 2_001


def _quiz(*questions: str, head: str = "") -> str:
    return f"{head}<quiz>{''.join(questions)}</quiz>"


def _question(kind: str, more: str, stem: str = "Who?") -> str:
    text = f"<questiontext format='html'><text>{stem}</text></questiontext>"
    return f"<question type='{kind}'><name><text>n</text></name>{text}{more}</question>"


def _answers(*answers: tuple[str, str], feedback: str = "") -> str:
    said = f"<feedback><text>{feedback}</text></feedback>"
    return "".join(f"<answer fraction='{share}'><text>{text}</text>{said}</answer>" for share, text in answers)


def _asked(kind: str, more: str, stem: str = "Who?") -> str:
    return _quiz(_question(kind, more, stem))


THREE = _answers(("100", "Ann"), ("0", "Bob"), ("0", "Cy"))
SINGLE = f"<single>true</single>{THREE}"
GOOD = _question("multichoice", SINGLE)
TRUE = _answers(("100", "true"), ("0", "false"))
BOMB = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
ATTRIBUTES = " ".join(f"a{number}=''" for number in range(10_000))
SCRIPT = "&lt;script&gt;x&lt;/script&gt;"
FILE = "<file name='../../x' encoding='base64'>AA</file>"
CATEGORY = "<question type='category'><category><text>x</text></category></question>"
DECLARED = "declares a document type or entities"

CASES: dict[str, tuple[str, str]] = {
    "as it should be": (_quiz(GOOD), ""),
    "with a declaration": (_quiz(GOOD, head="<?xml version='1.0' encoding='UTF-8'?>"), ""),
    "a billion laughs": (_quiz(GOOD, head=f"<!DOCTYPE quiz [<!ENTITY l0 'ha'>{BOMB}]>"), DECLARED),
    "an entity that grows": (_quiz(GOOD, head=f"<!DOCTYPE quiz [<!ENTITY a '{'x' * 10_000}'>]>"), DECLARED),
    "a file from outside": (_quiz(GOOD, head="<!DOCTYPE quiz [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), DECLARED),
    "an address from outside": (_quiz(GOOD, head="<!DOCTYPE quiz [<!ENTITY x SYSTEM 'http://localhost/'>]>"), DECLARED),
    "a parameter entity": (_quiz(GOOD, head="<!DOCTYPE quiz [<!ENTITY % x SYSTEM 'file:///x'> %x;]>"), DECLARED),
    "an outside declaration": (_quiz(GOOD, head="<!DOCTYPE quiz SYSTEM 'file:///etc/passwd'>"), DECLARED),
    "a public declaration": (_quiz(GOOD, head="<!DOCTYPE quiz PUBLIC '-//x' 'http://localhost/x.dtd'>"), DECLARED),
    "a bare declaration": (_quiz(GOOD, head="<!DOCTYPE quiz>"), DECLARED),
    "default attributes": (_quiz(GOOD, head="<!DOCTYPE quiz [<!ATTLIST question type CDATA 'essay'>]>"), DECLARED),
    "an entity nobody declared": (_asked("multichoice", SINGLE, "&who;"), "undefined entity"),
    "a declaration in the middle": ("<quiz><!DOCTYPE quiz></quiz>", "not well-formed"),
    "an inclusion": (_quiz("<xi:include href='file:///etc/passwd' xmlns:xi='x'/>", GOOD), ""),
    "a style sheet": (_quiz(GOOD, head="<?xml-stylesheet href='file:///x'?>"), ""),
    "a lying encoding": (_quiz(GOOD, head="<?xml version='1.0' encoding='UTF-16'?>"), "line 1"),
    "an encoding that is none": (_quiz(GOOD, head="<?xml version='1.0' encoding='nonsense'?>"), "line 1"),
    "an encoding of many bytes": (_quiz(GOOD, head="<?xml version='1.0' encoding='utf-7'?>"), "line 1"),
    "an encoding that runs": (_quiz(GOOD, head="<?xml version='1.0' encoding='rot13'?>"), "line 1"),
    "words only": ("Only words.", "not well-formed"),
    "cut off": (_quiz(GOOD)[:-40], "not well-formed"),
    "cut off in a tag": ("<quiz><question type='mul", "not well-formed"),
    "tags that cross": ("<quiz><question></quiz></question>", "not well-formed"),
    "two roots": (_quiz(GOOD) * 2, "not well-formed"),
    "another root": ("<html><body/></html>", "begins with <html>"),
    "IMS QTI": ("<questestinterop xmlns='x'/>", "begins with <questestinterop>"),
    "an attribute twice": ("<quiz><question type='a' type='b'/></quiz>", "not well-formed"),
    "no question": (_quiz(), "no question in it"),
    "a category alone": (_quiz(CATEGORY), "no question"),
    "100,000 deep": ("<quiz><question>" + "<a>" * 100_000, "nested more than 30 deep"),
    "31 deep": (_quiz("<question>" + "<a>" * 31 + "</a>" * 31 + "</question>"), "nested more than 30 deep"),
    "10,000 elements within": (_quiz(_question("multichoice", SINGLE + "<a/>" * 10_000), GOOD), "more than 5,000"),
    "10,000 attributes": (_quiz(f"<question {ATTRIBUTES}/>"), "there is not here"),
    "a name of a million letters": (f"<{'q' * 1_000_000}/>", "begins with"),
    "an attribute of a million letters": (_quiz(f"<question type='{'q' * 1_000_000}'/>"), "there is not here"),
    "no type": (_quiz("<question/>"), "of the type “”"),
    "an essay": (_asked("essay", ""), "an essay"),
    "a description": (_asked("description", ""), "a description"),
    "drag and drop": (_asked("ddwtos", ""), "“ddwtos”, which there is not here"),
    "calculated": (_asked("calculated", SINGLE), "there is not here"),
    "no stem": (_asked("multichoice", SINGLE, ""), "the stem is empty"),
    "a stem of markup": (_asked("multichoice", SINGLE, "&lt;p&gt;&lt;/p&gt;"), "the stem is empty"),
    "a stem too long": (_asked("multichoice", SINGLE, "x" * 501), "longer than 500"),
    "an answer too long": (_asked("multichoice", _answers(("100", LONG), ("0", "b"), ("0", "c"))), "longer than 2,000"),
    "no answers": (_asked("multichoice", "<single>true</single>"), "marked as right"),
    "no right answer": (_asked("multichoice", _answers(("0", "a"), ("0", "b"), ("0", "c"))), "marked as right"),
    "half a right answer": (_asked("multichoice", _answers(("50", "a"), ("0", "b"))), "marked as right"),
    "two right answers": (_asked("multichoice", _answers(("100", "a"), ("100", "b"), ("0", "c"))), "several answers"),
    "a share in words": (_asked("multichoice", _answers(("all", "a"), ("0", "b"))), "“all” is no share"),
    "a share that is no number": (_asked("multichoice", _answers(("NaN", "a"), ("0", "b"))), "is no share"),
    "an endless share": (_asked("multichoice", _answers(("1e999", "a"), ("0", "b"))), "is no share"),
    "a share of 5,000 digits": (_asked("multichoice", _answers(("9" * 5_000, "a"), ("0", "b"))), "is no share"),
    "neither true nor false": (_asked("truefalse", _answers(("100", "maybe"), ("0", "no"))), "true or false"),
    "true and false": (_asked("truefalse", _answers(("100", "true"), ("100", "false"))), "true or false"),
    "a number in words": (_asked("numerical", _answers(("100", "many"))), "not a number"),
    "a number too large": (_asked("numerical", _answers(("100", "9" * 40))), "not a number"),
    "a number of 5,000 digits": (_asked("numerical", _answers(("100", "9" * 5_000))), "not a number"),
    "one pair": (
        _asked("matching", "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>"),
        "2 to 8 rows",
    ),
    "pairs of nothing": (_asked("matching", "<subquestion/><subquestion/>"), "2 to 8 rows"),
    "no gap": (_asked("cloze", ""), "no gap in its text"),
    "a gap that is not closed": (_asked("cloze", "", "a {1:SHORTANSWER:=b"), "no gap in its text"),
    "50,000 gaps not closed": (_asked("cloze", "", "{1:SHORTANSWER:" * 50_000), "no gap in its text"),
    "a gap of another kind": (_asked("cloze", "", "a {1:MULTIRESPONSE:=b~c}"), "no gap that can be typed"),
    "a gap of nothing": (_asked("cloze", "", "a {1:SHORTANSWER:}"), "marked as right"),
    "a gap of many backslashes": (_asked("cloze", "", "a {1:SA:=" + "\\" * 10_001 + "}"), "no gap in its text"),
    "an order of two": (_asked("ordering", _answers(("1", "a"), ("2", "b"))), "3 to 8 items"),
    "an order of 500": (_asked("ordering", _answers(*((str(n), f"a{n}") for n in range(500)))), "more than 200"),
    "a script in feedback": (
        _asked("truefalse", _answers(("100", "true"), ("0", "false"), feedback=SCRIPT)),
        "",
    ),
    "a script as an element": (_asked("multichoice", SINGLE + "<script>alert(1)</script>"), ""),
    "a picture in its file": (_asked("multichoice", SINGLE + FILE), ""),
    "markup left open": (_asked("multichoice", SINGLE, "&lt;b" * 50_000), "longer than 500"),
    "a control by number": (_asked("multichoice", SINGLE, "a&amp;#7;b"), ""),
    "a NUL by number": (_asked("multichoice", SINGLE, "a&amp;#0;b"), ""),
    "a NUL by XML's number": (_asked("multichoice", SINGLE, "a&#0;b"), "not well-formed"),
    "half a character by number": (_asked("multichoice", SINGLE, "a&#xD800;b"), "not well-formed"),
    "a number of many digits": (_asked("multichoice", SINGLE, f"a&amp;#{'9' * 5_000};"), "no character has"),
    "a control": (_asked("multichoice", SINGLE, "a\x07b"), "not well-formed"),
    "a NUL": (_asked("multichoice", SINGLE, "a\x00b"), "not well-formed"),
    "a comment of a million letters": (_quiz(f"<!--{'x' * 1_000_000}-->", GOOD), ""),
    "kept words that are no JSON": (_asked("multichoice", SINGLE + "<quizapp>{not json</quizapp>"), ""),
    "kept words that are deep": (_asked("multichoice", f"{SINGLE}<quizapp>{'[' * 90_000}</quizapp>"), ""),
    "kept words that are elements": (_asked("multichoice", f"{SINGLE}<quizapp>{'<a>x</a>' * 9}</quizapp>"), ""),
}  # fmt: skip
