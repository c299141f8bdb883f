"""Typed answers as a person who marks them would judge them: accepted, near (a slip of the pen) or wrong."""

from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody


def _body(answer: str, accepted: str = "", others: str = "") -> ShortAnswerBody:
    def parts(text: str) -> list[str]:
        return [part.strip() for part in text.split("|") if part.strip()]

    return ShortAnswerBody(
        answer,
        tuple(parts(accepted)),
        tuple(Distractor(other, f"{other} is something else.") for other in parts(others)),
    )


_JUDGED: tuple[tuple[ShortAnswerBody, dict[str, str]], ...] = (
    (
        _body("Elnur Mammadov", "Mammadov", "Nikol Pashinian | Pashinian | Ilham Aliyev | Aliyev"),
        {
            "accepted": "Elnur Mammadov | elnur mammadov | ELNUR MAMMADOV | Mammadov | mammadov | Elnur Məmmədov | "
            "Məmmədov | Mr Mammadov | Mr. Elnur Mammadov | Mammadov. | “Mammadov” |  Elnur   Mammadov ",
            "near": "Elnur Mamadov | Mamadov | Mammadow | Elnur Mammadof | Elnar Mammadov | Mammdaov | Elnur Mammadovv",
            "wrong": "Pashinian | Nikol Pashinian | Ilham Aliyev | Aliyev | Elnur | Ilham Mammadov | Elnur Aliyev | "
            "Hikmet Hajiyev | nobody | ? | Mammadov and Pashinian",
        },
    ),
    (
        _body("Nikol Pashinian", "Pashinian | Pashinyan | Nikol Pashinyan", "Elnur Mammadov | Mammadov"),
        {
            "accepted": "Nikol Pashinyan | pashinyan | PASHINIAN | nikol pashinian",
            "near": "Nikol Pashinjan | Pashinan | Nicol Pashinian | Nikol Pahsinian | Pashynian",
            "wrong": "Mammadov | Nikol | Serzh Sargsyan | Robert Kocharyan | Kocharian | the prime minister",
        },
    ),
    (
        _body("Brussels", "", "Moscow | Washington | Sochi | Prague"),
        {
            "accepted": "Brussels | brussels | in Brussels | In brussels. | BRUSSELS | Brussels!",
            "near": "Brussel | Brusels | Bruxels | Burssels | Brussles",
            "wrong": "Moscow | Washington | Prague | Sochi | Belgium | Russia | near Brussels | not Brussels | Brazil",
        },
    ),
    (
        _body("the United Nations", "U.N. | UN", "the European Union | EU | the OSCE"),
        {
            "accepted": "UN | U.N. | u.n. | The U.N. | the UN | U N | U. N. | un | United Nations | "
            "the united nations | UNITED NATIONS | United-Nations",
            "near": "United Natons | the Unted Nations | United Nation | United Natoins",
            "wrong": "EU | E.U. | European Union | the European Union | OSCE | UNESCO | NATO | United States | "
            "League of Nations | US | U | UNO",
        },
    ),
    (
        _body("Armenia", "the Republic of Armenia", "Azerbaijan | Turkey | Russia | Georgia"),
        {
            "accepted": "Armenia | armenia | the Republic of Armenia | Republic of Armenia | in Armenia | Arménia",
            "near": "Armena | Aremnia | Armennia | Armenai | Armania",
            "wrong": "Azerbaijan | Turkey | Russia | Georgia | Romania | Yerevan | America | Azerbajan | Albania",
        },
    ),
    (
        _body("Iran", "", "Turkey"),
        {
            "accepted": "Iran | iran | IRAN | Irán",
            "near": "Irann | Iramn | Irqn",
            "wrong": "Iraq | Ira | Israel | Oman",
        },
    ),
    (
        _body("North Korea", "DPRK", "China"),
        {
            "accepted": "north korea | North-Korea | D.P.R.K. | dprk | Northkorea",
            "near": "North Korae | Noth Korea | North Corea",
            "wrong": "South Korea | Korea | China | North | North Macedonia",
        },
    ),
    (
        _body("Tuesday", "", "Friday"),
        {
            "accepted": "tuesday | on Tuesday | TUESDAY",
            "near": "Tusday | Teusday | Tuesdey",
            "wrong": "Thursday | Monday | Friday | Sunday | tomorrow",
        },
    ),
    (
        _body("May", "", "June | September | August"),
        {"accepted": "may | in May | MAY", "near": "", "wrong": "June | March | Mai | Mary | M | July | maybe"},
    ),
    (
        _body("September", "", "October | November"),
        {
            "accepted": "september | in September",
            "near": "Septmber | Setpember | Septembre | Septembar",
            "wrong": "October | November | December | Sept 2020 | August",
        },
    ),
    (
        _body("2020", "", "1988 | 1991 | 2023"),
        {
            "accepted": "2020 | in 2020 | 2020. | ２０２０",
            "near": "",
            "wrong": "2021 | 2002 | 1988 | 1991 | 2023 | 202 | 20200 | 20 20 | 2020s | two | MMXX",
        },
    ),
    (
        _body("the early 1990s", "early 1990s | the early nineties | early nineties", "the late 1980s"),
        {
            "accepted": "early 1990s | the early 1990's | Early nineties | in the early 1990s | the early 1990’s",
            "near": "erly nineties | early ninties",
            "wrong": "1990s | early 1980s | the late 1990s | late 1980s | early 1990 | 1990",
        },
    ),
    (
        _body("cease-fire", "", "peace treaty"),
        {
            "accepted": "ceasefire | cease fire | Cease-Fire | a cease-fire | the ceasefire | cease–fire | cease‑fire",
            "near": "ceasfire | ceesefire | caesefire | ceasefires",
            "wrong": "peace treaty | fire | truce of 1994 | peace | campfire",
        },
    ),
    (
        _body("ten thousand troops", "ten thousand soldiers", "two thousand peacekeepers"),
        {
            "accepted": "10,000 troops | 10 000 troops | 10000 troops | ten thousand troops | 10 thousand troops | "
            "ten-thousand troops | 10,000 soldiers",
            "near": "",
            "wrong": "1,000 troops | 100,000 troops | ten troops | two thousand peacekeepers | 2,000 peacekeepers | "
            "10,001 troops | troops",
        },
    ),
    (
        _body(
            "the Second World War", "World War Two | World War II", "the First World War | World War One | World War I"
        ),
        {
            "accepted": "World War 2 | world war ii | 2nd World War | second world war | The Second World War",
            "near": "secnd world war | Second Wolrd War",
            "wrong": "World War One | World War 1 | First World War | 1st world war | World War 3 | Cold War",
        },
    ),
    (
        _body("Organisation for Security and Co-operation in Europe", "OSCE"),
        {
            "accepted": "OSCE | O.S.C.E. | Organization for Security and Cooperation in Europe | "
            "organisation for security & co-operation in europe",
            "near": "Organisaton for Security and Cooperation in Europe",
            "wrong": "Organization of American States | OECD | Europe | Security Council | OSC",
        },
    ),
    (
        _body(
            "Azerbaijan’s deputy foreign minister", "deputy foreign minister of Azerbaijan", "Armenia’s prime minister"
        ),
        {
            "accepted": "Azerbaijan's deputy foreign minister | azerbaijan`s deputy foreign minister | "
            "deputy foreign minister of Azerbaijan | the deputy foreign minister of Azerbaijan | "
            "Azerbaijan deputy foreign minister",
            "near": "Azerbaijans deputy foreign minister | Azerbaijan's deputy foriegn minister | "
            "deputy foreign minster of Azerbaijan",
            "wrong": "Armenia's prime minister | Armenia's deputy foreign minister | foreign minister | president | "
            "deputy prime minister of Azerbaijan | Azerbaijan's foreign minister",
        },
    ),
    (
        _body("İstanbul", "", "Ankara | İzmir"),
        {
            "accepted": "Istanbul | istanbul | ISTANBUL | ıstanbul | İSTANBUL",
            "near": "Instanbul | Istambul",
            "wrong": "Ankara | Izmir | izmir | Constantinople | Baku",
        },
    ),
    (
        _body("Recep Tayyip Erdoğan", "Erdoğan"),
        {
            "accepted": "Erdogan | erdoğan | Recep Tayyip Erdogan | Mr Erdoğan",
            "near": "Erdogen | Ergodan | Recep Tayip Erdogan",
            "wrong": "Recep | Tayyip | Emine Erdoğan | Bilal Erdogan | Atatürk | Gül",
        },
    ),
    (
        _body("Հայաստան", "", "Ադրբեջան"),
        {"accepted": "Հայաստան | հայաստան | ՀԱՅԱՍՏԱՆ", "near": "Հայաստն", "wrong": "Ադրբեջան | Hayastan | Հայ"},
    ),
    (
        _body("kilometres", "", "miles"),
        {"accepted": "kilometers | Kilometres", "near": "kilometrs | killometres", "wrong": "miles | meters | km2"},
    ),
    (
        _body("archrival", "", "neighbour"),
        {
            "accepted": "arch-rival | arch rival | Archrival | “archrival”",
            "near": "archrivel | archrivals | arcrival",
            "wrong": "neighbor | neighbour | rival | ally",
        },
    ),
    (
        _body("on time", "", "late"),
        {"accepted": "on time | On time", "near": "", "wrong": "in time | late | time | at no time"},
    ),
    (
        _body("EU", "E.U. | European Union", "UN"),
        {
            "accepted": "eu | E.U. | the EU | the European Union | european union",
            "near": "Europaen Union | European Unio",
            "wrong": "UN | EUR | Europe | U | E | US | Eurasian Union | Union",
        },
    ),
    (
        _body("Karl Drais", "Drais | Karl von Drais", "John Boyd Dunlop | Dunlop"),
        {
            "accepted": "drais | Karl von Drais | karl drais",
            "near": "Karl Dries | Carl Drais | Karl Draiss | Drays",
            "wrong": "Dunlop | Karl | Karl Marx | Karl Benz | von | John Drais",
        },
    ),
)

JUDGED = [
    (body, typed.strip(), verdict)
    for body, verdicts in _JUDGED
    for verdict, answers in verdicts.items()
    for typed in answers.split("|")
    if typed.strip()
]
