package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelHolderTest {
    private static void assertNotReady(ModelHolder holder) {
        assertFalse(holder.isReady());
        assertEquals(
                Problem.NOT_READY,
                assertThrows(ProblemException.class, () -> holder.use(model -> model))
                        .problem());
    }

    @Test
    void holderIsNotReadyBeforeTheModelIsLoaded() {
        assertNotReady(Predictions.emptyHolder(Predictions.quarters()));
    }

    @Test
    void loadedModelIsUsed() {
        ModelHolder holder = Predictions.holder(Predictions.quarters());
        assertTrue(holder.isReady());
        assertEquals("upright", holder.use(model -> model.descriptor().name()));
        assertTrue(new String(holder.metrics.scrape(), StandardCharsets.UTF_8)
                .contains("neural_ink_model_info{name=\"upright\",version=\"1\"} 1\n"));
        holder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "cut", "wrong-prior"})
    void holderIsNotReadyAfterAFailedLoad(String model) {
        assertNotReady(Predictions.holder(Predictions.quarters("neural.ink.model", model)));
    }

    @Test
    void missingTextModelDoesNotMatter() {
        ModelHolder holder = Predictions.holder(Predictions.quarters("neural.ink.text.model", "nowhere"));
        assertTrue(holder.isReady());
        assertFalse(holder.canReadText());
        assertEquals(Problem.NO_TEXT_MODEL, problemOfText(holder));
        holder.close();
    }

    /** Single characters are still read, but no balancer sends requests to a server that is only half of what it should be. */
    @ParameterizedTest
    @ValueSource(strings = {"text-cut", "text-wrong-alphabet", "text-wrong-member"})
    void damagedTextModelMakesTheServerNotReady(String textModel) {
        ModelHolder holder = Predictions.holder(Predictions.quarters("neural.ink.text.model", textModel));
        assertFalse(holder.isReady());
        assertTrue(holder.use(Predictions::canRecognize));
        assertFalse(holder.canReadText());
        assertEquals(Problem.NOT_READY, problemOfText(holder));
        holder.close();
    }

    private static Problem problemOfText(ModelHolder holder) {
        return assertThrows(ProblemException.class, () -> holder.useTextReader(reader -> reader))
                .problem();
    }

    @Test
    void holderIsNotReadyAfterItsEnd() {
        ModelHolder holder = Predictions.holder(Predictions.quarters());
        holder.close();
        assertNotReady(holder);
        holder.close();
        assertNotReady(holder);
    }

    @Test
    void endWaitsUntilNoThreadUsesTheModel() throws Exception {
        ModelHolder holder = Predictions.holder(Predictions.quarters());
        CountDownLatch using = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<Boolean> use = new FutureTask<>(() -> holder.use(model -> {
            using.countDown();
            Concurrently.await(release);
            return Predictions.canRecognize(model);
        }));
        new Thread(use).start();
        using.await();
        Thread closer = new Thread(holder::close);
        closer.start();
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        release.countDown();
        assertTrue(use.get(1, TimeUnit.MINUTES), "the model was not freed during its use");
        closer.join();
        assertNotReady(holder);
    }

    @Test
    void modelCanBeUsedAfterAUseHasFailed() {
        ModelHolder holder = Predictions.holder(Predictions.quarters());
        assertThrows(
                IllegalStateException.class,
                () -> holder.use(model -> {
                    throw new IllegalStateException();
                }));
        assertTrue(holder.use(Predictions::canRecognize));
        holder.close();
    }
}
