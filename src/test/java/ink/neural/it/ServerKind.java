package ink.neural.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The servers that the tests can start. Everything that differs between them is here. */
enum ServerKind {
    PAYARA_MICRO {
        @Override
        List<String> arguments(Path war, Path directory, int port, String contextRoot) {
            return List.of(
                    // Otherwise a cookie with a character outside of ASCII makes every request fail.
                    "-Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false",
                    "-jar",
                    HOME.toString(),
                    "--rootdir",
                    directory.resolve("root").toString(),
                    "--prebootcommandfile",
                    "src/main/payara/preboot.txt",
                    "--disablephonehome",
                    "--nohostaware",
                    "--shutdowngrace",
                    "3000",
                    "--port",
                    Integer.toString(port),
                    "--deploy",
                    war.toString(),
                    "--contextroot",
                    contextRoot);
        }
    },

    WILDFLY {
        @Override
        List<String> arguments(Path war, Path directory, int port, String contextRoot) {
            copy(HOME.resolve("standalone/configuration"), directory.resolve("configuration"));
            String name = contextRoot.equals("/") ? "ROOT" : contextRoot.substring(1);
            copy(war, directory.resolve("deployments").resolve(name + ".war"));
            List<String> arguments = new ArrayList<>(OPEN_PACKAGES);
            arguments.addAll(List.of(
                    "-Djboss.home.dir=" + HOME,
                    "-Djboss.server.base.dir=" + directory,
                    "-Djboss.http.port=" + port,
                    "-Djboss.https.port=0",
                    "-Djboss.management.http.port=0",
                    "-Dorg.wildfly.sigterm.suspend.timeout=3",
                    "-jar",
                    HOME.resolve("jboss-modules.jar").toString(),
                    "-mp",
                    HOME.resolve("modules").toString(),
                    "org.jboss.as.standalone",
                    "--yaml=" + Path.of("src/main/wildfly/neural-ink.yml").toAbsolutePath()));
            return arguments;
        }

        @Override
        void undeploy(Path directory) throws IOException {
            Files.delete(directory.resolve("deployments/ROOT.war.deployed"));
        }

        @Override
        void deploy(Path directory) throws IOException {
            Files.createFile(directory.resolve("deployments/ROOT.war.dodeploy"));
        }
    },

    OPEN_LIBERTY {
        @Override
        List<String> arguments(Path war, Path directory, int port, String contextRoot) {
            copy(Path.of("src/main/liberty/server.xml"), directory.resolve("servers/neural-ink/server.xml"));
            copy(war, directory.resolve("servers/neural-ink/apps/neural-ink.war"));
            return List.of(
                    "@" + HOME.resolve("lib/platform/java/" + (JAVA < 24 ? "java9" : "java24") + ".options"),
                    "-javaagent:" + HOME.resolve("bin/tools/ws-javaagent.jar"),
                    "-jar",
                    HOME.resolve("bin/tools/ws-server.jar").toString(),
                    "neural-ink");
        }

        @Override
        Map<String, String> environment(Path directory, int port, String contextRoot) {
            return Map.of(
                    "WLP_USER_DIR",
                    directory.toString(),
                    "HTTP_PORT",
                    Integer.toString(port),
                    "CONTEXT_ROOT",
                    contextRoot);
        }

        @Override
        Path log(Path directory, Path output) {
            Path messages = directory.resolve("servers/neural-ink/logs/messages.log");
            return Files.exists(messages) ? messages : output; // console output omits the types of exceptions
        }
    },

    GLASSFISH {
        @Override
        List<String> arguments(Path war, Path directory, int port, String contextRoot) {
            return List.of(
                    "-Dproduct.name=", // otherwise every answer names the product
                    "-jar",
                    "target/grizzly-addon.jar", // which starts GlassFish
                    "--properties=src/main/glassfish/glassfish.properties",
                    "--port=" + port,
                    "deploy --contextroot " + contextRoot + " " + war);
        }
    };

    /** The WAR that Maven has built. */
    static final Path WAR = Path.of("target/neural-ink.war").toAbsolutePath();

    private static final int JAVA = Runtime.version().feature();
    private static final Path HOME = Path.of(System.getenv("SERVER_HOME"));

    /** The packages that WildFly's start script opens. */
    private static final List<String> OPEN_PACKAGES = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    /** The server that the environment variable {@code SERVER} names, such as {@code open-liberty}. */
    static ServerKind tested() {
        return valueOf(System.getenv("SERVER").toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /**
     * Prepares a directory for a server with the WAR.
     *
     * @param war the WAR
     * @param directory an empty directory for this server alone
     * @param port port of the loopback interface to listen on
     * @param contextRoot such as {@code /} or {@code /neural-ink}
     * @return the arguments of {@code java} that start the server
     */
    abstract List<String> arguments(Path war, Path directory, int port, String contextRoot);

    /** Additional environment variables of the server. */
    Map<String, String> environment(Path directory, int port, String contextRoot) {
        return Map.of();
    }

    /** The most detailed log: the console output, unless the server writes more to a file. */
    Path log(Path directory, Path output) {
        return output;
    }

    /** Undeploys the WAR at context root {@code /} while the server runs. */
    void undeploy(Path directory) throws IOException {
        throw new UnsupportedOperationException("the tests cannot undeploy on " + this);
    }

    /** Deploys the WAR at context root {@code /} again. */
    void deploy(Path directory) throws IOException {
        throw new UnsupportedOperationException("the tests cannot deploy on " + this);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            Files.createDirectories(to.getParent());
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
