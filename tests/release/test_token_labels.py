"""Spans become labels of tokens and come back, with any fast tokenizer; of overlapping ones by the rule."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

import tollwire
from tollwire.problems import UsageError
from tollwire.release.token_labels import bio_labels, flat_spans

TEXT = "Raid kills nine\n\nGunmen killed at least nine 🌍 Maran soldiers in Orsk, the army said; three are hurt."


def trained(kind: str) -> PreTrainedTokenizerFast:
    """A small tokenizer of each family, trained here: what is downloaded works alike."""
    special = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"]
    if kind == "wordpiece":
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        trainer = trainers.WordPieceTrainer(vocab_size=120, special_tokens=special)
    elif kind == "byte-level":
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        alphabet = pre_tokenizers.ByteLevel.alphabet()
        trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=special, initial_alphabet=alphabet)
    else:
        tokenizer = Tokenizer(models.Unigram())
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        trainer = trainers.UnigramTrainer(vocab_size=80, special_tokens=special, unk_token="[UNK]")
    tokenizer.train_from_iterator([TEXT] * 20, trainer)
    numbers = [(one, tokenizer.token_to_id(one)) for one in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=numbers)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")


KINDS = ("wordpiece", "byte-level", "unigram")


@pytest.fixture(scope="module", params=KINDS)
def tokenizer(request):
    return trained(request.param)


def article(**tables):
    spans = {"casualties": [], "actors": []} | {
        table: [{"start": TEXT.index(words), "end": TEXT.index(words) + len(words), **values} for words, values in rows]
        for table, rows in tables.items()
    }
    return {"article_id": "a" * 16, "text": TEXT, **spans}


NINE = ("at least nine 🌍 Maran soldiers", {"harm": "killed"})
MARAN = ("Maran soldiers", {"role": "target"})
ARMY = ("the army", {"role": "source"})
HURT = ("three", {"harm": "injured"})


def words_of(spans) -> list[tuple[str, str]]:
    return [(TEXT[start:end].strip(), label) for start, end, label in spans]


def test_spans_come_back_as_they_were(tokenizer):
    encoded = tollwire.to_bio(article(casualties=[NINE, HURT], actors=[ARMY]), tokenizer)

    spans = tollwire.from_bio(encoded["offset_mapping"], encoded["labels"])

    assert words_of(spans) == [(NINE[0], "killed"), ("the army", "source"), ("three", "injured")]
    assert encoded["labels"][0] == encoded["labels"][-1] == -100
    assert len(encoded["labels"]) == len(encoded["input_ids"])


def test_of_nested_spans_the_longest_is_labelled_and_each_layer_has_its_own(tokenizer):
    nested = article(casualties=[NINE], actors=[MARAN, ARMY])

    both, actors = (
        tollwire.from_bio(one["offset_mapping"], one["labels"], layer)
        for layer in ("both", "actors")
        for one in [tollwire.to_bio(nested, tokenizer, layer)]
    )

    assert words_of(both) == [(NINE[0], "killed"), ("the army", "source")]
    assert words_of(actors) == [("Maran soldiers", "target"), ("the army", "source")]


def test_the_windows_of_a_long_text_are_labelled_each(tokenizer):
    options = {"truncation": True, "max_length": 16, "stride": 4, "return_overflowing_tokens": True}

    encoded = tollwire.to_bio(article(casualties=[NINE, HURT]), tokenizer, **options)

    assert len(encoded["labels"]) == len(encoded["input_ids"]) > 1
    assert all(len(one) == len(ids) for one, ids in zip(encoded["labels"], encoded["input_ids"], strict=True))
    number = bio_labels().index("B-injured")
    assert any(number in one for one in encoded["labels"])


def test_spans_that_touch_are_two(tokenizer):
    start = TEXT.index("nine 🌍")
    spans = [
        {"start": start, "end": start + 4, "harm": "killed"},
        {"start": start + 5, "end": start + 6, "harm": "killed"},
    ]

    encoded = tollwire.to_bio({"article_id": "a", "text": TEXT, "casualties": spans, "actors": []}, tokenizer)

    assert words_of(tollwire.from_bio(encoded["offset_mapping"], encoded["labels"])) == [
        ("nine", "killed"),
        ("🌍", "killed"),
    ]


def test_classes_may_be_numbers_as_load_dataset_gives_them(built, monkeypatch, tmp_path):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    folder = built.release / "0.1.0"
    loaded = tollwire.load(str(folder))["train"][0]
    (stored,) = pl.read_parquet(folder / "articles" / "train-*.parquet")[:1].to_dicts()

    assert loaded["article_id"] == stored["article_id"]
    assert list(flat_spans(loaded)) == list(flat_spans(stored)) != []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(["killed", "injured"]))))
def test_no_two_spans_that_are_kept_overlap_and_none_that_could_be_kept_is_left(places):
    rows = [{"start": start, "end": start + length, "harm": harm} for start, length, harm in places]

    kept = list(flat_spans({"casualties": rows, "actors": []}, "casualties"))

    assert all(one[1] <= other[0] for one, other in pairwise(kept))
    for row in rows:
        assert any(start < row["end"] and row["start"] < end for start, end, _ in kept)


def test_a_slow_tokenizer_a_withheld_text_and_an_unknown_layer_are_told(tokenizer):
    with pytest.raises(UsageError, match=r"\[slow-tokenizer\]"):
        tollwire.to_bio(article(), object())
    with pytest.raises(UsageError, match=r"\[withheld-text\] it has no text; put it back with `tollwire hydrate`"):
        tollwire.to_bio({**article(), "text": None}, tokenizer)
    with pytest.raises(UsageError, match=r'\[unknown-layer\] there is no layer "harm"'):
        tollwire.to_bio(article(), tokenizer, "harm")
