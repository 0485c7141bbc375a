import numpy as np

from auditor.bundled import resource
from auditor.relevance.model import model
from auditor.relevance.pair import FEATURES, pair_features, side
from auditor.relevance.terms import Scanner, sector_terms, sectors


def test_the_arrays_are_plain_and_agree():
    found = model()
    assert len(found.starts) == len(found.grams) + 1
    assert found.starts[-1] == len(found.columns) == len(found.values)
    assert found.near.shape == (len(sectors().names),) * 2
    assert np.allclose(np.diag(found.near), 1)
    assert np.allclose(found.near, found.near.T)
    assert all(
        len(found.pair[kind]) == len(FEATURES) + 1 for kind in ("name_goal", "name_indicators", "goal_indicators")
    )
    with np.load(resource("models/subject/weights.npz"), allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "uif" for name in arrays.files)


def test_a_pair_of_equal_texts_shares_everything():
    one = side("小型水库除险加固")
    features = dict(zip(FEATURES, pair_features(one, one), strict=True))
    assert features["shared"] == features["longest"] == 1
    assert features["gram_cosine"] > 0.999
    assert features["conflict"] < 0.3


def test_features_lie_within_bounds():
    found = pair_features(side("小型水库除险加固"), side("举办青年歌手大赛"))
    assert np.all(np.abs(found) <= 1.01)


def test_the_longest_word_wins_and_nothing_overlaps():
    found = Scanner({"水库": "term", "小型水库": "term", "除险": "term"}).find("小型水库除险加固小型水")
    assert [hit.word for hit in found] == ["小型水库", "除险"]
    assert all(hit.end <= 11 for hit in found)


def test_every_word_of_the_sector_list_names_a_known_sector():
    count = len(sectors().names)
    assert count >= 60
    assert len(sector_terms()) >= 6000
    assert all(
        0 <= sector < count and 0 < strength <= 1 for rows in sector_terms().values() for sector, strength in rows
    )


def test_the_same_text_gives_the_same_scores():
    first = pair_features(side("小型水库除险加固"), side("保障下游群众安全度汛"))
    side.cache_clear()
    assert np.array_equal(first, pair_features(side("小型水库除险加固"), side("保障下游群众安全度汛")))
