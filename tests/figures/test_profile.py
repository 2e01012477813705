import pytest

from tollwire.figures.profile import load_profile, read_profile
from tollwire.problems import TollwireError

GOOD = 'name = "ours"\nversion = 1\nabout = "A profile."\nbare_plural = 2\n[words]\ndozens = 12\n'


@pytest.mark.parametrize("name", ["acled", "isaf_aan"])
def test_a_shipped_profile_is_found_by_the_name_it_states(name):
    assert load_profile(name).name == name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            GOOD.replace("version", "versoin"),
            'ours.toml: [unknown-key] "versoin" is not a key here; did you mean "version"?',
        ),
        (GOOD.replace("version = 1\n", ""), 'ours.toml: [missing-key] "version" is not set; add it'),
        (GOOD.replace("12", "-3"), 'ours.toml: [bad-value] "words.dozens" is -3: Input should be greater than 0'),
        ("name =", "ours.toml: [not-toml] "),
    ],
)
def test_a_wrong_profile_is_refused_in_one_line(tmp_path, text, line):
    file = tmp_path / "ours.toml"
    file.write_text(text)

    with pytest.raises(TollwireError) as caught:
        read_profile(file)

    assert any(str(problem).startswith(f"{tmp_path.name}/{line}") for problem in caught.value.problems)
