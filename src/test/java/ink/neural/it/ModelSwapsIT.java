package ink.neural.it;

import static ink.neural.it.Answers.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Writing;
import ink.neural.drawing.DataUrl;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both models are replaced again and again under load. */
@Tag("slow")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ModelSwapsIT {
    private static final String KEY = "Bearer geheim-12";
    private static final int SWAPS = 200;
    /** Swaps after which the memory counts: by then everything has been allocated once. */
    private static final int WARM_UP = 50;

    private static final long MAX_GROWTH_KIB = 48 * 1024;

    @TempDir
    private Path temporary;

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    /** The right answers for each request and model. Text has two, because the other model helps to read it. */
    private final Map<String, Set<String>> expected = new HashMap<>();

    @Test
    void noAnswerIsLostOrFromTheWrongModelAndMemoryStaysFlat() throws Exception {
        ModelFolder models = ModelFolder.in(temporary, "emnist-byclass", "text");
        String[] properties = {
            "neural.ink.models=" + temporary,
            "neural.ink.api.key=geheim-12",
            // No request is refused because other work keeps the machine busy.
            "neural.ink.deadline.ms=300000",
            "neural.ink.queue.timeout.ms=300000",
            // A heap of fixed size: growth of the process is growth of native memory.
            "-Xms512m",
            "-XX:+AlwaysPreTouch"
        };
        try (Server server = new Server("/", properties).start()) {
            List<Supplier<HttpRequest.Builder>> requests = requests(server);
            for (int versions = 0; versions < 4; versions++) {
                swap(server, models, 1 + versions / 2, 1 + versions % 2);
                for (int i = 0; i < requests.size(); i++) {
                    remember(i, server.send(requests.get(i).get()));
                }
            }
            for (int i = 0; i < requests.size(); i++) {
                Set<String> ofFirst = new HashSet<>(expected.get(i + " 1"));
                ofFirst.retainAll(expected.get(i + " 2"));
                assertEquals(Set.of(), ofFirst, "answers tell which model has made them");
            }
            ExecutorService clients = Executors.newCachedThreadPool();
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                int request = i;
                results.add(clients.submit(() -> sendUntilDone(server, request, requests.get(request))));
            }
            results.add(clients.submit(() -> {
                while (!done.get()) {
                    assertEquals(200, server.get("/api/health/ready").statusCode());
                    Thread.sleep(20);
                }
                return null;
            }));
            List<Long> memory = swapOften(server, models);
            done.set(true);
            for (Future<?> result : results) {
                result.get();
            }
            clients.shutdown();
            System.out.printf(
                    "%d swaps of two models each, %d answers. Resident KiB every 10 swaps: %s%n",
                    SWAPS, answers.get(), memory);
            long before = memory.get(WARM_UP / 10 - 1);
            long after = memory.get(memory.size() - 1);
            assertTrue(after - before < MAX_GROWTH_KIB, "memory grew from %d to %d KiB".formatted(before, after));
        }
    }

    /** One for each client: characters, a batch, text, a batch of texts. */
    private static List<Supplier<HttpRequest.Builder>> requests(Server server) {
        byte[] drawing = Golden.named("upper-r").png();
        byte[] writing = Writing.of("help").png();
        List<String> drawings =
                Golden.all().stream().limit(8).map(Golden::dataUrl).toList();
        String writings = Requests.batch(List.of(
                DataUrl.encode("image/png", writing),
                DataUrl.encode("image/png", Writing.of("47120").png())));
        return List.of(
                () -> server.post("/predict", "image/png", drawing).header("Authorization", KEY),
                () -> server.post("/predict/batch", Requests.batch(drawings)).header("Authorization", KEY),
                () -> server.post("/predict/text", "image/png", writing).header("Authorization", KEY),
                () -> server.post("/predict/text/batch", writings).header("Authorization", KEY));
    }

    private static void swap(Server server, ModelFolder models, int version, int textVersion) throws Exception {
        models.replace("emnist-byclass", Integer.toString(version), version);
        models.replace("text", Integer.toString(textVersion), textVersion);
        HttpResponse<String> answer =
                server.send(server.post("/api/model/reload", "").header("Authorization", KEY));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(Integer.toString(version), Answers.json(answer).getString("version"));
    }

    private List<Long> swapOften(Server server, ModelFolder models) throws Exception {
        List<Long> memory = new ArrayList<>();
        for (int i = 1; i <= SWAPS; i++) {
            swap(server, models, 1 + i % 2, 1 + i % 2);
            if (i % 10 == 0) {
                memory.add(server.linuxProcess().residentKib());
            }
        }
        return memory;
    }

    /** The request and the version of the model that has answered it. */
    private static String key(int request, HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return request + " " + header(answer, "X-Model").replaceFirst(".*@", "");
    }

    private void remember(int request, HttpResponse<String> answer) {
        expected.computeIfAbsent(key(request, answer), key -> new HashSet<>()).add(answer.body());
    }

    private Void sendUntilDone(Server server, int request, Supplier<HttpRequest.Builder> builder) throws Exception {
        while (!done.get()) {
            HttpResponse<String> answer = server.send(builder.get());
            String key = key(request, answer);
            assertTrue(expected.get(key).contains(answer.body()), () -> key + " " + answer.body());
            answers.incrementAndGet();
        }
        return null;
    }
}
