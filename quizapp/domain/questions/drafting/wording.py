"""How a draft calls what it asks about: an article, or the text where that is stored."""

from quizapp.domain.questions.question import Bank

_OF_A_TEXT = (
    ("In the article, according to ", "According to "),
    ("In the article, ", "In the text, "),
    ("True or false, according to the article: ", "True or false, according to the text: "),
    ("According to the article: ", ""),
    ("The article does say this.", "The text does say this."),
    ("The article does not give this as the word of ", "The text does not give this as the word of "),
    ("The article gives this as the word of ", "The text gives this as the word of "),
    ("None of the facts taken from the article has this value.", "This value stands nowhere in the text."),
)


def worded(words: str, bank: Bank) -> str:
    """Return words of a recipe as they are said of this bank's source; what somebody typed is left alone."""
    if not bank.text:
        return words.replace("In the article, according to ", "According to ", 1)
    if words.startswith("None of the facts taken from the article has ") and words.endswith(" in it."):
        found = words.removeprefix("None of the facts taken from the article has ").removesuffix(" in it.")
        return f"The text nowhere says {found}."
    return next((new + words.removeprefix(old) for old, new in _OF_A_TEXT if words.startswith(old)), words)
