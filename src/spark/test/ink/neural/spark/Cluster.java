package ink.neural.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Spark cluster of processes on this machine: a master, and workers of one core each. */
final class Cluster implements AutoCloseable {
    private static final Path HOME = Path.of("target/spark-home").toAbsolutePath();
    private static final Path JOB = Path.of("target/neural-ink-spark.jar").toAbsolutePath();
    private static final long TIMEOUT_MINUTES = 5;
    /** As Spark's scripts start Java. */
    private static final List<String> MODULES = Stream.of(
                    "java.lang", "java.lang.invoke", "java.io", "java.net", "java.nio", "java.util",
                    "java.util.concurrent", "sun.nio.ch", "sun.security.action")
            .map(name -> "--add-opens=java.base/%s=ALL-UNNAMED".formatted(name))
            .toList();

    private final Path logs;
    private final String address;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    /** Starts the master. */
    Cluster(Path logs) throws IOException {
        this.logs = logs;
        int port = freePort();
        address = "spark://127.0.0.1:" + port;
        master = start(
                "master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "" + port,
                "--webui-port", "0");
        awaitInLog("master", "New state: ALIVE", 1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts one more worker, and waits until the master knows it. */
    void addWorker() throws IOException {
        String name = "worker-" + workers.size();
        workers.add(start(
                name, "org.apache.spark.deploy.worker.Worker", address, "--host", "127.0.0.1", "--cores", "1",
                "--memory", "1g", "--webui-port", "0", "--work-dir", logs.resolve(name).toString()));
        awaitInLog("master", "Registering worker", workers.size());
    }

    /** Starts the job with some arguments. */
    Process submit(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "org.apache.spark.deploy.SparkSubmit", "--master", address, "--executor-memory", "768m",
                "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1",
                "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.extraJavaOptions=-Xmx512m",
                "--class", "ink.neural.spark.SparkJob", JOB.toString()));
        command.addAll(Arrays.asList(arguments));
        return start(name, command.toArray(String[]::new));
    }

    /** Kills a worker and its executors, as a power cut does. */
    void kill(int worker) {
        Process process = workers.get(worker);
        List<ProcessHandle> executors = process.descendants().toList();
        process.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        if (executors.isEmpty()) {
            throw new IllegalStateException("the worker had no executor");
        }
    }

    String log(String name) {
        try {
            return Files.readString(logs.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(String name, String... mainClassAndArguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
                HOME.resolve("jars") + "/*"));
        command.addAll(MODULES);
        command.addAll(Arrays.asList(mainClassAndArguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", HOME.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        return builder.start();
    }

    private void awaitInLog(String name, String text, int times) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(TIMEOUT_MINUTES);
        while (log(name).split(text, -1).length <= times) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(log(name));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Override
    public void close() {
        Stream.concat(workers.stream(), Stream.of(master)).forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }
}
