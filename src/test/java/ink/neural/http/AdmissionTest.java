package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int PLACES = Runtime.getRuntime().availableProcessors();
    private static final int QUEUE = 192;

    private final Admission admission = new Admission();
    private final ExecutorService clients = Executors.newCachedThreadPool();

    /** Takes all places until the latch opens. */
    private void occupy(CountDownLatch until) throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(PLACES);
        for (int i = 0; i < PLACES; i++) {
            clients.submit(() -> admission.admit(() -> {
                taken.countDown();
                try {
                    until.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return null;
            }));
        }
        taken.await();
    }

    @Test
    void waitsNoLongerThanItsPatience() throws Exception {
        CountDownLatch until = new CountDownLatch(1);
        occupy(until);
        Refused refused = assertThrows(Refused.class, () -> admission.admit(() -> "never"));
        assertEquals(Problem.BUSY, refused.problem());
        until.countDown();
        assertEquals("now", admission.admit(() -> "now"));
        clients.shutdown();
    }

    @Test
    void letsOnlySoManyWait() throws Exception {
        CountDownLatch until = new CountDownLatch(1);
        occupy(until);
        for (int i = 0; i < QUEUE; i++) {
            clients.submit(() -> admission.admit(() -> "whenever there is a place"));
        }
        while (!admission.isFull()) {
            Thread.onSpinWait();
        }
        Refused refused = assertThrows(Refused.class, () -> admission.admit(() -> "never"));
        assertEquals(Problem.BUSY, refused.problem());
        assertTrue(admission.isFull(), "it did not wait until the others had lost their patience");
        until.countDown();
        clients.shutdown();
        assertTrue(clients.awaitTermination(1, TimeUnit.MINUTES));
        assertEquals("now", admission.admit(() -> "now"));
        assertFalse(admission.isFull());
    }
}
