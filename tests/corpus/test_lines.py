"""What one line of a page is, by its words alone; and true sentences that must never be taken for furniture."""

import pytest

from tollwire.corpus.credits import split_credit
from tollwire.corpus.lines import byline_people, count_words, furniture, is_prose, people

FURNITURE = {
    "consent": [
        "I agree",
        "Accept all cookies",
        "Manage my choices",
        "We use cookies to make this site work.",
        "This website uses cookies. You can change your settings at any time.",
        "Our Privacy Statement & Cookie Policy",
        "Privacy Policy",
        "Terms and Conditions",
        "By using this site you agree to our Terms of Use.",
        "We and our 812 partners store and process your personal data.",
        "Some vendors may process your personal data on the basis of legitimate interest.",
        "You can withdraw your consent at any time.",
    ],
    "navigation": ["Skip to main content", "Menu", "Share this article", "Facebook", "4 min read", "ADVERTISEMENT"],
    "newsletter": [
        "Sign up for our newsletter",
        "Want more? Sign up to the Morning Briefing",
        "Subscribe to our daily bulletin.",
        "Our free newsletter, delivered every morning",
        "Enter your email address",
    ],
    "pointer": ["Read more: Nine killed in Tarra", "ALSO READ | Nine killed in Tarra", "Watch: Smoke over Tarra"],
    "stamp": ["Published 14 March 2021", "Updated: Sunday", "Last updated on Sunday 14 March", "Updated 2 hours ago"],
    "tail": [
        "Related",
        "More on this story",
        "Most read",
        "Search Trends",
        "You may also like",
        "Topics:",
        "Trending now",
    ],
    "copyright": ["\u00a9 2021 The Harbour Post", "Copyright The Harbour Post.", "All rights reserved."],
    "agency_credit": [
        "(With input from agencies)",
        "With additional reporting by Nadia Karim in Tarra",
        "Editing by Nadia Karim and Tom Obi",
        "AFP",
        "Reuters/AP",
        "Source: Agencies",
        "This article was first published in May.",
    ],
    "error_page": ["404 - Page not found", "Access denied", "503 Service Temporarily Unavailable"],
}

SENTENCES = [
    "By mid-afternoon the army had left.",
    "We were baking cookies when the shell fell, the teacher said.",
    "Russia said that it had a right to defend its legitimate interests in the region.",
    "The rebels refused the terms and conditions of the truce.",
    "Mali had withdrawn its consent to the mission.",
    "In its briefing every evening the army said that nobody had been hurt.",
    "Residents register for alerts on their phones before air raids.",
    "The deaths on the register are far more than the bulletin says.",
    "More in the north were killed on Sunday.",
    "More on the attack was not known.",
    "More than 40 people were killed in the attack.",
    "Most shared the same grave.",
    "Popular protests spread to the capital.",
    "Elsewhere, nine people were killed.",
    "Related deaths rose to nine.",
    "Comments by the minister angered the families.",
    "Opinion polls put the rebels' party ahead.",
    "Listen: there is no more war, she said.",
    "Updated figures show nine dead",
    "Posted outside the hospital, a list names the dead",
    "Issued by the Interior Ministry, the warrant names nine men",
    "Published on Monday, the report names nine of the dead.",
    "With information from the army, the jets struck at dawn.",
    "Written by hand, the list has nine names.",
    "Edited by the rebels, the film shows nine dead.",
    "Sources: 12 killed in Tarra",
    "This report was published by the ministry in May and lists nine raids.",
    "The copyright of the film was not known.",
    "Access denied, the convoy turned back.",
    "The men asked the page to carry a message, and it was not found.",
    "Home was a tent by the river.",
    "Print shops were looted.",
    "Share of the blame lies with the army, he said.",
    "Follow-up raids killed nine.",
    "Watch towers were burnt in the attack.",
    "Live rounds were fired at the crowd.",
]


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in FURNITURE.items() for line in lines])
def test_furniture_is_named(kind: str, line: str) -> None:
    assert furniture(line) == kind


@pytest.mark.parametrize("line", SENTENCES)
def test_a_true_sentence_is_no_furniture_and_no_byline(line: str) -> None:
    assert furniture(line) is None
    assert byline_people(line) is None


def test_a_long_paragraph_is_never_furniture() -> None:
    assert furniture("We use cookies. " + "Nine people were killed in Tarra. " * 30) is None


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Smoke over the market. /Wire pool", "Smoke over the market.", "/Wire pool"),
        ("Smoke over the market, May 4, 2021. /CFP", "Smoke over the market, May 4, 2021.", "/CFP"),
        ("Smoke over the market / Wire pool", "Smoke over the market", "/ Wire pool"),
        ("Smoke over the market. (File photo)", "Smoke over the market.", "(File photo)"),
        ("Smoke over the market (Photo: Nadia Karim)", "Smoke over the market", "(Photo: Nadia Karim)"),
        ("Smoke over the market. (AFP)", "Smoke over the market.", "(AFP)"),
        ("Smoke over the market. [Nadia Karim/Agency]", "Smoke over the market.", "[Nadia Karim/Agency]"),
        ("Smoke over the market. Photo: Nadia Karim", "Smoke over the market.", "Photo: Nadia Karim"),
        ("Smoke over the market. Photograph by Nadia Karim", "Smoke over the market.", "Photograph by Nadia Karim"),
        ("Smoke over the market. REUTERS/Nadia Karim", "Smoke over the market.", "REUTERS/Nadia Karim"),
        ("Smoke over the market. \u00a9 Nadia Karim", "Smoke over the market.", "\u00a9 Nadia Karim"),
        (
            "Smoke over the market. \u00a9 Harbour Post | N. Karim",
            "Smoke over the market.",
            "\u00a9 Harbour Post | N. Karim",
        ),
        (
            "Rauch \u00fcber dem Markt. (Quelle: Nadia Karim/dpa)",
            "Rauch \u00fcber dem Markt.",
            "(Quelle: Nadia Karim/dpa)",
        ),
        ("Rauch \u00fcber dem Markt. Bildrechte: N. Karim", "Rauch \u00fcber dem Markt.", "Bildrechte: N. Karim"),
        ("\u5e02\u5834\u306e\u7159\uff1d\uff21\uff30", "\u5e02\u5834\u306e\u7159", "\uff1d\uff21\uff30"),
        ("REUTERS/Nadia Karim", "", "REUTERS/Nadia Karim"),
        ("Smoke over the market. (Nadia Karim)", "Smoke over the market.", "(Nadia Karim)"),
        (
            "Smoke over the market. (Nadia Karim for the Tarra Post)",
            "Smoke over the market.",
            "(Nadia Karim for the Tarra Post)",
        ),
        ("Smoke over the market. (Tarra Post archive)", "Smoke over the market.", "(Tarra Post archive)"),
    ],
)
def test_a_caption_is_split_from_its_credit(line: str, caption: str, credit: str) -> None:
    assert split_credit(line) == (caption, credit)


@pytest.mark.parametrize(
    "line",
    [
        "The attackers fled, a resident told AFP.",
        "The attackers fled, the mayor told AFP",
        "The town is held by fighters of the group (YPG/PKK).",
        "The town lies 100 kilometres (60 miles) from the border.",
        "It was bought by Karim/Obi and sold.",
        "He gave a different picture: the army had fled.",
        "The army has fled, said a source: the town is empty.",
        "The army showed photographs by residents.",
        "The lamps were lit by courtesy of the guards.",
        "The clinic took in 19 (12/7 men and women).",
        "He said no. (He was asked again later.)",
        "The mayor leads the party (Union of Orsk)",
        "Nine people died, the mayor said. (PTI)",
    ],
)
def test_the_end_of_a_sentence_is_no_credit(line: str) -> None:
    assert split_credit(line) == (line, "")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Nadia Karim", ["Nadia Karim"]),
        ("BY NADIA KARIM | TARRA", ["NADIA KARIM"]),
        ("By Nadia Karim and Tom Obi, 14 March 2021", ["Nadia Karim", "Tom Obi"]),
        ("By Nadia al-Karim in Tarra", ["Nadia al-Karim"]),
        ("By Nadia Karim \u00b7 3 min read", ["Nadia Karim"]),
        ("(By: Nadia Karim)", ["Nadia Karim"]),
        ("Story by Jean-Pierre N'Dour", ["Jean-Pierre N'Dour"]),
        ("Nadia Karim, war correspondent", ["Nadia Karim"]),
        ("Nadia Karim, chief reporter in Tarra", ["Nadia Karim"]),
        ("By our staff", []),
        ("By the Courier newsroom", []),
        ("By AFP", []),
        ("By mid-afternoon the army had left.", None),
        ("By land and sea, thousands flee Tarra", None),
        ("By Monday, 40 villages were empty", None),
        ("Tom Obi, wire reporter, killed in Tarra", None),
        ("Nine killed in Tarra", None),
        ("Standby Nadia Karim", None),
    ],
)
def test_a_byline_gives_its_people(line: str, names: list[str] | None) -> None:
    assert byline_people(line) == names


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("Nadia Karim", ["Nadia Karim"]),
        ("Nadia Karim, Tom Obi and Ana de la Cruz", ["Nadia Karim", "Tom Obi", "Ana de la Cruz"]),
        ("Nadia Karim, Nadia Karim", ["Nadia Karim"]),
        ("Nadia Karim, Meridian Wire", ["Nadia Karim"]),
        ("News Desk", []),
        ("Sunday March", []),
        ("the army", []),
        ("", []),
    ],
)
def test_offices_and_days_are_no_people(run: str, names: list[str]) -> None:
    assert people(run) == names


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", 0),
        ("Nine people were killed.", 4),
        ("Trois bless\u00e9s - un mort", 5),
        ("市场遭袭九人死亡。", 4),
        ("市场遭袭 AFP 2021", 4),
    ],
)
def test_words_are_counted_in_scripts_without_spaces_too(line: str, words: int) -> None:
    assert count_words(line) == words


@pytest.mark.parametrize(
    "line",
    [
        "Nine people were killed.",
        "市场遭袭九人死亡。",
        '"We fled," she said.',
        "word " * 24,
    ],
)
def test_prose_ends_like_a_sentence_or_is_long(line: str) -> None:
    assert is_prose(line)


@pytest.mark.parametrize("line", ["Nine killed in market attack", "Home", "Go on.", ""])
def test_a_headline_or_label_is_no_prose(line: str) -> None:
    assert not is_prose(line)


@pytest.mark.parametrize("name", ["Łukasz Nowak", "Андрей Колесников", "Şule Çelik", "Ελένη Παππά"])
def test_a_name_begins_with_a_capital_of_any_alphabet(name: str) -> None:
    assert people(name) == [name]


@pytest.mark.parametrize(
    "line",
    [
        "Wir und unsere Partner verwenden Cookies, um Inhalte anzupassen. Sie können jederzeit ablehnen.",
        "Wir verwenden Cookies",
        "Alle akzeptieren",
        "Nous utilisons des cookies et nos partenaires aussi.",
        "Tout accepter",
        "Usamos cookies propias y de terceros; al seguir, usted acepta su uso.",
        "Aceptar todas",
        "Utilizziamo i cookie per migliorare il sito; leggi l'informativa.",
    ],
)
def test_consent_is_known_in_other_languages(line):
    assert furniture(line) == "consent"


@pytest.mark.parametrize(
    "line",
    [
        "Die Polizei akzeptierte die Forderungen der Geiselnehmer nicht.",
        "El gobierno no aceptó la política de los rebeldes.",
        "She baked cookies for the soldiers at the bridge.",
    ],
)
def test_sentences_in_other_languages_are_no_consent(line):
    assert furniture(line) is None
