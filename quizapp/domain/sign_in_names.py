"""Sign-in names: given by the site instead of chosen, so that no form tells whether somebody has an account."""

from hashlib import sha256

_FIRST = (
    "amber apple autumn azure birch bold brave brisk bright bronze calm cedar clear clever cloudy copper coral cosy"
    " crisp daring early eager east fair fern fine fresh frosty gentle glad golden grand green happy hazel honest"
    " ivory jolly keen kind lemon light lively lucky maple mellow merry mild mint misty noble north olive open"
    " pearl plain proud quick quiet rapid ready rosy royal ruby sandy scarlet silent silver smart snowy soft solid"
    " south steady still stormy sunny swift tidy true velvet warm west wild willow windy winter wise"
)
_SECOND = (
    "badger beaver bison bear bird boat bridge brook camel canyon castle cat cloud comet cricket crow deer dolphin"
    " dove dragon eagle falcon field finch fish forest fox garden gull harbour hare hawk hedgehog heron hill horse"
    " island jay kite lake lark leopard lion lizard lynx magpie meadow moon moose mountain mouse newt orchard otter"
    " owl panda parrot pelican penguin pine pony puffin rabbit raven reef river robin salmon seal shell sparrow"
    " spring squirrel star stork stream swan tern tiger toad trout turtle valley walrus whale wolf wren zebra"
)
FIRST, SECOND = tuple(_FIRST.split()), tuple(_SECOND.split())
LOWEST, NUMBERS = 1_000, 9_000


def sign_in_name_of(token: str) -> str:
    """Make a sign-in name like "quiet-otter-4821" of a random token: one of 70 million, the same for the same token."""
    number = int.from_bytes(sha256(token.encode()).digest())
    number, digits = divmod(number, NUMBERS)
    number, second = divmod(number, len(SECOND))
    return f"{FIRST[number % len(FIRST)]}-{SECOND[second]}-{LOWEST + digits}"


def read_sign_in_name(typed: str) -> str:
    """Return what somebody typed as it is stored: without spaces around, in small letters, words joined by hyphens."""
    return "-".join(typed.casefold().replace("-", " ").split())
