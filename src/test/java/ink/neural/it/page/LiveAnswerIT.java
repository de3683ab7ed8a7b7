package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.page.GoldenDrawing.Point;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Answers while a stroke is under way. */
class LiveAnswerIT extends PageTest {
    /** A pen that has drawn a vertical stroke and still rests on the sheet. */
    private Page.Pointer penDown(Point... points) throws InterruptedException {
        Page.Pointer pen = page.pointer(Kind.PEN);
        page.perform(pen.down(points[0]));
        for (int i = 1; i < points.length; i++) {
            page.perform(pen.to(points[i]));
        }
        return pen;
    }

    @Test
    void strokeUnderWayIsAnsweredBeforeThePenIsLifted() throws Exception {
        Page.Pointer pen = penDown(new Point(140, 40), new Point(140, 140), new Point(140, 240));
        page.await(() -> page.shows("#candidates"));
        assertTrue(page.find("#seen").getDomProperty("src").startsWith("data:"));
        assertFalse(page.shows("#candidates.stale"));
        assertEquals("idle", page.progress());
        assertEquals("", page.message());
        assertEquals("", page.announcement());
        page.perform(pen.up());
        page.answer();
        assertNotEquals("", page.announcement());
    }

    @Test
    void penThatRestsIsNotSentAgain() throws Exception {
        Page.Pointer pen = penDown(new Point(140, 40), new Point(140, 240));
        page.await(() -> page.shows("#candidates"));
        Thread.sleep(300);
        int requests = network.requests().size();
        Thread.sleep(600);
        assertEquals(requests, network.requests().size());
        page.perform(pen.up());
        page.answer();
    }

    @Test
    void nothingPilesUpAtASlowServerAndTheFinalAnswerDoesNotWait() throws Exception {
        network.hold();
        Page.Pointer pen = penDown(new Point(60, 40));
        for (int i = 0; i < 40; i++) {
            page.perform(pen.to(new Point(60 + 4 * i, 40 + 5 * i)));
            Thread.sleep(20);
        }
        assertEquals(1, network.requests().size());
        network.passOthers();
        page.perform(pen.up());
        page.answer();
        assertEquals(labels(replay(lastRequest())).subList(0, 3), page.candidates());
    }

    @Test
    void failingLiveRequestIsSilentAndABusyServerGetsNoOther() throws Exception {
        network.fail(503, "busy");
        Page.Pointer pen = penDown(new Point(140, 40), new Point(140, 140));
        page.await(() -> network.requests().size() == 1);
        for (int y = 150; y <= 240; y += 10) {
            page.perform(pen.to(new Point(140, y)));
            Thread.sleep(50);
        }
        assertEquals(1, network.requests().size());
        assertEquals("", page.message());
        network.recover();
        page.perform(pen.up());
        page.answer();
        assertEquals(2, network.requests().size());
        assertEquals("", page.message().replaceAll("Also possible: .*", ""));
    }

    /** The browser logs each failed request. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
