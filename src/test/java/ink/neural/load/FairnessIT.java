package ink.neural.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.Server;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No client that sends batches keeps single drawings waiting. */
@Tag("slow")
class FairnessIT {
    @Test
    void drawingsAreAnsweredBesideTheMostExpensiveBatches() throws Exception {
        Fairness.Result result = Fairness.run(Server.shared().address(), 20, 20, 8);
        System.out.println(result);
        ConstantRateLoad.Summary drawings = result.drawings();
        assertEquals(Map.of(), drawings.failed(), "no drawing is refused");
        assertEquals(0, drawings.wrong());
        assertTrue(drawings.sent() >= 300, drawings.sent() + " drawings");
        assertTrue(drawings.median() < 300, "median " + drawings.median() + " ms"); // three times what it should be
        assertTrue(result.batches().keySet().stream().allMatch(Set.of(200, 503)::contains), "" + result.batches());
    }
}
