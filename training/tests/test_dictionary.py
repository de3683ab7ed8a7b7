"""The English dictionary: which words count, and how rare they are."""

import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from dictionary import COMMON, INITIALS, NAME, count, rarities

CLASSES = {"may": [1, 3, 0], "it": [1, 0, 4], "paris": [0, 5, 0], "rare": [8, 0, 0]}


class DictionaryTest(unittest.TestCase):
    def counted(self, text):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "text.html").write_text(text)
            return count(Path(folder), CLASSES)

    def test_words_count_by_their_capitals(self):
        text = "<p>we may meet in May, it is hot in Paris, IT helps</p><script>may may</script>"
        counts = {("may", COMMON): 1, ("may", NAME): 1, ("it", COMMON): 1, ("paris", NAME): 1, ("it", INITIALS): 1}
        self.assertEqual(counts, self.counted(text))

    def test_the_first_word_of_a_sentence_does_not_count(self):
        self.assertEqual({("it", COMMON): 1, ("may", COMMON): 1}, self.counted("May we? May it rain. It may."))

    def test_a_word_only_has_the_kinds_that_scowl_knows(self):
        self.assertEqual({("paris", NAME): 1, ("rare", COMMON): 1}, self.counted("in paris, Rare things"))

    def test_frequent_words_are_less_rare(self):
        words = rarities(CLASSES, [Counter({("may", COMMON): 900_000, ("it", COMMON): 100_000})] * 2)
        self.assertLess(words["may"][COMMON], words["it"][COMMON])
        self.assertLess(words["it"][COMMON], words["rare"][COMMON])
        self.assertEqual(0, words["may"][INITIALS])

    def test_the_probabilities_of_all_words_add_up_to_one(self):
        words = rarities(CLASSES, [Counter()])
        self.assertAlmostEqual(1, sum(2 ** (-r / 2) for kinds in words.values() for r in kinds if r), delta=0.2)

    def test_what_one_source_is_fond_of_is_less_frequent_than_what_all_use(self):
        fond = Counter({("it", COMMON): 90_000_000, ("may", COMMON): 10_000_000})
        words = rarities(CLASSES, [fond, Counter({("may", COMMON): 10_000_000})])
        self.assertLess(words["may"][COMMON], words["it"][COMMON])


if __name__ == "__main__":
    unittest.main()
