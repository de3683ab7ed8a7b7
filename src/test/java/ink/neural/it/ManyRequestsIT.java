package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.Golden;
import ink.neural.LinuxProcess;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ManyRequestsIT {
    private static final int THREADS = 8;
    private static final int REQUESTS = 20_000;
    private static final Server SERVER = Server.shared();
    private static final List<String> DRAWINGS =
            Golden.all().stream().map(golden -> Requests.predict(golden.png())).toList();

    @Test
    void manyRequestsAreAnsweredCorrectlyAndMemoryDoesNotGrow() throws Exception {
        List<String> expected = new ArrayList<>();
        for (String drawing : DRAWINGS) {
            expected.add(answer(drawing));
        }
        sendAll(expected, REQUESTS / 2);
        LinuxProcess process = SERVER.linuxProcess();
        long before = process.residentKib();
        long start = System.nanoTime();
        sendAll(expected, REQUESTS);
        double seconds = (System.nanoTime() - start) / 1e9;
        long growth = process.residentKib() - before;
        System.out.printf(
                "%,d requests on %d threads in %.1f s: resident memory of the server %+,d KiB, from %,d KiB%n",
                REQUESTS, THREADS, seconds, growth, before);
        assertTrue(growth < 64 * 1024, "resident memory grew by " + growth + " KiB");
    }

    private static void sendAll(List<String> expected, int requests) throws Exception {
        Concurrently.run(THREADS, requests, i -> {
            int drawing = i * 31 % DRAWINGS.size();
            assertEquals(expected.get(drawing), answer(DRAWINGS.get(drawing)));
            return null;
        });
    }

    private static String answer(String drawing) throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", drawing));
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }
}
