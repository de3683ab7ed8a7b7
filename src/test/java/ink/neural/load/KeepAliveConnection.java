package ink.neural.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A persistent HTTP connection, which is opened again after the server has closed it. It understands no more of HTTP than
 * the answers of this program need, because the client must use less CPU time than the server it measures.
 */
final class KeepAliveConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    /** The status and the body of an answer. */
    record Answer(int status, String body) {}

    private final int port;
    private Socket socket;
    private InputStream in;
    private boolean used;

    /** A connection to a port of the loopback interface, which is opened when it is first used. */
    KeepAliveConnection(int port) {
        this.port = port;
    }

    /** Posts an image to {@code /predict}. If the server has closed the idle connection, tries once more with a new one. */
    Answer post(byte[] image) throws IOException {
        try {
            return send(image);
        } catch (IOException e) {
            boolean stale = used;
            close();
            if (!stale) {
                throw e;
            }
            return send(image);
        }
    }

    private Answer send(byte[] image) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            in = new BufferedInputStream(socket.getInputStream());
            used = false;
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(image.length + 128);
        request.writeBytes(("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: "
                        + image.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(image);
        socket.getOutputStream().write(request.toByteArray());
        return receive();
    }

    private Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        boolean closes = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            closes |= lower.equals("connection: close");
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        used = true;
        if (closes) {
            close();
        }
        return new Answer(status, body);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
