package ink.neural.load;

import ink.neural.Golden;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends single drawings at a constant rate while other clients send the most expensive batches.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.Fairness -Dexec.args="PORT RATE SECONDS CLIENTS"</pre>
 */
public final class Fairness {
    private Fairness() {}

    /**
     * What became of the drawings and of the batches.
     *
     * @param drawings the outcomes of the drawings
     * @param batches how many batches got each status
     */
    record Result(ConstantRateLoad.Summary drawings, Map<Integer, Integer> batches) {}

    /**
     * Prints the outcomes without batches, then with them.
     *
     * @param args port of the server, drawings per second, seconds, and clients that send batches
     * @throws Exception if the server does not answer
     */
    public static void main(String[] args) throws Exception {
        URI server = URI.create("http://127.0.0.1:" + args[0] + "/");
        int rate = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        System.out.println("alone:          " + run(server, rate, seconds, 0));
        System.out.println("beside batches: " + run(server, rate, seconds, Integer.parseInt(args[3])));
    }

    /**
     * Sends drawings beside batches for some time.
     *
     * @param server the address of a server, such as {@code http://localhost:8080/}
     * @param rate drawings per second
     * @param seconds how long to send
     * @param clients how many clients send batches
     * @return what became of them
     */
    static Result run(URI server, int rate, int seconds, int clients) throws Exception {
        List<String> expected = answers(server);
        BatchFlood flood = new BatchFlood(server, clients);
        Thread.sleep(1000); // until all clients have sent their first batch
        ConstantRateLoad load = new ConstantRateLoad(server.resolve("predict"), rate, List.of(expected));
        Thread.sleep(1000L * seconds);
        return new Result(load.stop(), flood.stop());
    }

    private static List<String> answers(URI server) throws IOException {
        List<String> answers = new ArrayList<>();
        try (KeepAliveConnection connection = new KeepAliveConnection(server.getPort())) {
            for (Golden golden : Golden.all()) {
                answers.add(connection.post(golden.png()).body());
            }
        }
        return answers;
    }
}
