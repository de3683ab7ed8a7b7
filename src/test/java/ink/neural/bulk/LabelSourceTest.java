package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSourceTest {
    @ParameterizedTest
    @CsvSource({
        "FOLDER, train/R/17.png, R",
        "FOLDER, scans.zip!/R/17.png, R",
        "FOLDER, scans.zip!/17.png,",
        "FOLDER, train/lower-r/17.png, r",
        "FOLDER, train/upper-r/17.png, R",
        "FOLDER, train/R/../S/./17.png, S",
        "FOLDER, /17.png,",
        "FOLDER, scans.zip!/a/R/17.png, R",
        "FOLDER, R/scans.zip!/17.png,",
        "FOLDER, train/rest/17.png,",
        "FOLDER, R.png,",
        "NAME, train/7_0001.png, 7",
        "NAME, é.png, é",
        "NAME, 17.png,",
        "NAME, digit-3.png, 3",
        "NAME, a.jsonl:17, a",
    })
    void labelsAreRead(LabelSource from, String source, String label) {
        assertEquals(Optional.ofNullable(label), from.label(source));
    }
}
