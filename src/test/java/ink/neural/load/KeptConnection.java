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
 * One connection over which one request after another goes, opened again when the server closes it. It knows just as
 * much HTTP as this server's answers need, for it must cost less than what it measures.
 */
final class KeptConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    /** A status, and the body. */
    record Answer(int status, String body) {}

    private final int port;
    private Socket socket;
    private InputStream in;
    private boolean used;

    /** A connection to a port of this machine. */
    KeptConnection(int port) {
        this.port = port;
    }

    /** Posts a picture to {@code /predict}. A kept connection that turns out to be closed is replaced once. */
    Answer post(byte[] picture) throws IOException {
        try {
            return send(picture);
        } catch (IOException e) {
            boolean stale = used;
            close();
            if (!stale) {
                throw e;
            }
            return send(picture);
        }
    }

    private Answer send(byte[] picture) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            in = new BufferedInputStream(socket.getInputStream());
            used = false;
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(picture.length + 128);
        request.writeBytes(("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: "
                        + picture.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(picture);
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
