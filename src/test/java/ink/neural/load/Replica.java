package ink.neural.load;

import ink.neural.Golden;
import ink.neural.it.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of several servers. It keeps its port when it is started again, perhaps with another model. */
final class Replica implements AutoCloseable {
    private final String name;
    private Server server = new Server("/");
    private boolean started;

    Replica(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    int port() {
        return server.port();
    }

    /** Starts the server with the models of a directory and waits until it is live. */
    void start(Path models, String model) {
        server = server.withProperties("neural.ink.models=" + models.toAbsolutePath(), "neural.ink.model=" + model);
        server.startLive();
        started = true;
    }

    void awaitReady() throws IOException, InterruptedException {
        server.awaitReady();
    }

    int status(String path) throws IOException, InterruptedException {
        return server.status(path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return server.get(path);
    }

    /** The answers to the golden drawings, in the order of the drawings. */
    List<String> answers() throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (Golden drawing : Golden.all()) {
            answers.add(server.predict(drawing.png()).body());
        }
        return answers;
    }

    /** Kills the process (SIGKILL), as a power failure would. */
    void kill() {
        server.stop();
    }

    /** Suspends the process (SIGSTOP), whose connections stay open. */
    void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Resumes the suspended process (SIGCONT). */
    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(server.linuxProcess().pid());
        int status = new ProcessBuilder("kill", signal, pid).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill " + signal + " " + pid + " failed with status " + status);
        }
    }

    /** Tells the process to exit (SIGTERM) and waits until it has. */
    void shutDown() throws InterruptedException {
        server.shutDown();
    }

    @Override
    public void close() {
        if (started) {
            server.close();
        }
    }
}
