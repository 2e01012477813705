# ruff: noqa: E501  each paragraph is a line
"""Pages of our own whose characters make offsets hard."""

HARD_PAGES = {
    "emoji": """Market blast kills nine \U0001f622

Mera, 3 May 2024 \U0001f1fb\U0001f1ea - At least nine people were killed \U0001f4a5 and 20 others were injured in a cafe\u0301 on Friday, the interior ministry said.

\U0001f468\u200d\U0001f469\u200d\U0001f467  Two  children were among the dead, said  a doctor. \U00020bb7\U00020bb7 Gunmen had attacked the same market in March, killing a policeman, residents of the town said on the phone. \U0001f64f\U0001f3fd
""",
    "right_to_left": """Shelling in Orsk leaves seven dead

Orsk, 4 May 2024 - \u0642\u0627\u0644\u062a \u0627\u0644\u0648\u0632\u0627\u0631\u0629 \u0625\u0646 \u0633\u0628\u0639\u0629 \u0623\u0634\u062e\u0627\u0635 \u0642\u062a\u0644\u0648\u0627 \u0641\u064a \u0627\u0644\u0642\u0635\u0641 \u0645\u0633\u0627\u0621 \u0627\u0644\u062c\u0645\u0639\u0629.

The army of Dorn said "\u05d4\u05e6\u05d1\u05d0 \u05d4\u05e9\u05d9\u05d1 \u05d0\u05e9 \u05dc\u05e2\u05d1\u05e8 \u05d4\u05d4\u05e8\u05d9\u05dd" in a statement. \u0648\u0623\u0635\u064a\u0628 \u062b\u0644\u0627\u062b\u0648\u0646 \u0622\u062e\u0631\u0648\u0646, a hospital said, while seven bodies were carried out of the bakery by neighbours.
""",
    "marks": """Clash near Vell kills four

Vell, 5 May 2024 - Four soldiers were killed near \u0110\u1eadp \u0110\u00e1 on Sunday, said Colonel x\u0331wa\u0301x\u0302a of the border guard.

\u0938\u0948\u0928\u093f\u0915\u094b\u0902 \u0928\u0947 \u0915\u0939\u093e that the pa\u0308trol had been a\u0325mbushed; \u0e17\u0e2b\u0e32\u0e23 \u0e2a\u0e35\u0e48\u0e19\u0e32\u0e22 and \ud55c\uad6d\uc5b4 stood on the same leaflet. Z\u0351a\u0352l\u0353g\u0354o was sprayed on the wall of the school.
""",
    "spaces": """Raid  on  depot  wounds   twelve

Tarra, 6 May 2024  -  Twelve   guards were  wounded  in a raid on a fuel depot,\u00a0police said  on   Monday .

The  attackers\tcame in three\u2003lorries  and  fled towards  Quill ,  said a  witness who  gave  her  name  as  \u201cthe  baker\u2019s  wife\u201d .
""",
    "flags": """Drone strike on ferry: 15 dead \U0001f6f3\ufe0f\u26a0\ufe0f

Dessa, 7 May 2024 \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f - Fifteen passengers of a ferry died when a drone struck it \U0001f681\U0001f4a3 off Dessa, the coastguard said. \U0001d5d5\U0001d5fc\U0001d5f9\U0001d5f1 letters and 1\ufe0f\u20e32\ufe0f\u20e3 keycaps followed in a post.

\U0001f469\U0001f3fe\u200d\U0001f692 Rescuers pulled forty survivors from the water before midnight \U0001f30a\U0001f30a\U0001f30a, a nurse wrote, adding that none was a child. \U0001f54a\ufe0f
""",
}  # fmt: skip
