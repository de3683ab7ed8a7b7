package ink.neural.load.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered.
 *
 * @param status status code, or 0 if the server closed the connection without an answer
 * @param problem the last part of the problem's type, or an empty text
 */
record Exchange(int status, String problem) {
    private static final int TIMEOUT_MS = 60_000;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})");
    private static final Pattern TYPE = Pattern.compile("\"type\":\"(?:urn:neural-ink:problem:)?([^\"]*)\"");

    /** Sends a request over a connection of its own and waits for the end of the answer. */
    static Exchange send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            Thread sender = new Thread(() -> write(socket, request));
            sender.setDaemon(true);
            sender.start();
            return read(socket.getInputStream());
        }
    }

    /** Writes as much as the server wants to read. */
    private static void write(Socket socket, byte[] request) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request);
        } catch (IOException e) {
            // The server has answered and closed the connection.
        }
    }

    private static Exchange read(InputStream in) {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[1 << 14];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                answer.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The connection was reset. What came before counts.
        }
        Matcher status = STATUS.matcher(answer);
        Matcher type = TYPE.matcher(answer);
        return new Exchange(status.find() ? Integer.parseInt(status.group(1)) : 0, type.find() ? type.group(1) : "");
    }
}
