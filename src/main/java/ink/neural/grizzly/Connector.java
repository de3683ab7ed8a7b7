package ink.neural.grizzly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpEvents.ResponseCompleteEvent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Grizzly's HTTP codec with strict heads, lenient chunks, and a time limit for a head. An offer to upgrade to another
 * protocol is ignored, because Grizzly would not decode the chunks of such a request.
 *
 * <p>Grizzly's own codec remembers each closed connection until its idle time is over. This one leaves idle connections to
 * Grizzly's {@code IdleTimeoutFilter}, which forgets them at once.
 */
final class Connector extends HttpServerFilter {
    /** Bytes of a request line and its header fields. */
    static final int MAX_HEAD = 16_384;

    private static final int MAX_FIELDS = 500;
    private static final Pattern ORIGIN = Pattern.compile("^[a-z]+://[^/]*/*");
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final Attribute<Long> HEAD_BEGAN =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("ink.neural.grizzly.head");

    private final UnfinishedBodies bodies = new UnfinishedBodies();

    @SuppressWarnings("deprecation") // no other constructor takes the number of fields
    Connector() {
        super(true, MAX_HEAD, null, unlimitedRequests(), null, MAX_FIELDS, MAX_FIELDS);
        setAllowPayloadForUndefinedHttpMethods(true); // HTTP allows a body with any method
        for (TransferEncoding encoding : getTransferEncodings()) {
            if (encoding instanceof ChunkedTransferEncoding chunked) {
                removeTransferEncoding(chunked);
                addTransferEncoding(new ChunkedBody(chunked));
            }
        }
    }

    /** Grizzly keeps the buffer that holds a head until the request is answered, and would take one of 64 KiB. */
    @Override
    public NextAction handleAccept(FilterChainContext context) throws IOException {
        context.getConnection().setReadBufferSize(MAX_HEAD);
        return super.handleAccept(context);
    }

    private static KeepAlive unlimitedRequests() {
        KeepAlive keepAlive = new KeepAlive();
        keepAlive.setMaxRequestsCount(-1);
        return keepAlive;
    }

    /** Grizzly calls this method for each piece of a head. */
    @Override
    protected boolean decodeHttpPacket(FilterChainContext context, HttpPacketParsing packet, Buffer input) {
        boolean isComplete = super.decodeHttpPacket(context, packet, input);
        if (isComplete) {
            HEAD_BEGAN.remove(context.getConnection());
            ((HttpHeader) packet).getUpgradeDC().recycle();
        } else if (isLate(context.getConnection())) {
            HttpStatus.REQUEST_TIMEOUT_408.setValues(((HttpRequestPacket) packet).getResponse());
            throw new IllegalStateException("the head arrives too slowly");
        } else if (endsWithEmptyLine(input)) {
            throw new IllegalStateException("the request line is incomplete");
        }
        return isComplete;
    }

    private static boolean isLate(Connection<?> connection) {
        Long began = HEAD_BEGAN.peek(connection);
        if (began == null) {
            HEAD_BEGAN.set(connection, System.nanoTime());
        }
        return began != null && System.nanoTime() - began > HEAD_NANOS;
    }

    private static boolean endsWithEmptyLine(Buffer input) {
        int end = input.limit();
        return end >= 4 && input.get(end - 1) == '\n' && input.get(end - 2) == '\r' && input.get(end - 3) == '\n';
    }

    @Override
    protected boolean onHttpHeaderParsed(HttpHeader header, Buffer buffer, FilterChainContext context) {
        boolean isError = super.onHttpHeaderParsed(header, buffer, context);
        String head = buffer.toStringContent(StandardCharsets.ISO_8859_1, 0, buffer.position());
        int refusal = RequestHead.refusal(head);
        if (refusal == RequestHead.ACCEPTED && !hasArrived(header, buffer) && !bodies.begin(context.getConnection())) {
            refusal = HttpStatus.SERVICE_UNAVAILABLE_503.getStatusCode();
        }
        if (refusal != RequestHead.ACCEPTED) {
            setStatus(header, refusal);
        }
        return isError || refusal != RequestHead.ACCEPTED;
    }

    /** Whether the whole body has arrived with the head, as that of most drawings has. */
    private static boolean hasArrived(HttpHeader header, Buffer buffer) {
        return !header.isChunked() && header.getContentLength() <= buffer.remaining();
    }

    @Override
    protected void onHttpContentParsed(HttpContent content, FilterChainContext context) {
        super.onHttpContentParsed(content, context);
        if (content.isLast()) {
            bodies.end(context.getConnection());
        }
    }

    /**
     * Grizzly would wait for the rest of the body before it closes the connection. An upload that the application has given
     * up is over with its answer.
     */
    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) throws IOException {
        if (event.type() == ResponseCompleteEvent.TYPE) {
            HttpRequestPacket request = HttpContext.get(context).getRequest();
            if (isGivenUp(request)) {
                request.setContentBroken(true);
            }
        }
        return super.handleEvent(context, event);
    }

    private static boolean isGivenUp(HttpRequestPacket request) {
        int status = request.getResponse().getStatus();
        return request.isExpectContent()
                && (status == HttpStatus.REQUEST_TIMEOUT_408.getStatusCode()
                        || status == HttpStatus.SERVICE_UNAVAILABLE_503.getStatusCode());
    }

    @Override
    public NextAction handleClose(FilterChainContext context) throws IOException {
        bodies.end(context.getConnection());
        return super.handleClose(context);
    }

    /** Grizzly answers 400 unless a status has been set. */
    @Override
    protected void onHttpHeaderError(HttpHeader header, FilterChainContext context, Throwable cause)
            throws IOException {
        if (!(((HttpRequestPacket) header).getResponse().getStatus() >= 400)
                && context.getMessage() instanceof Buffer input) {
            String head = input.toStringContent(StandardCharsets.ISO_8859_1, 0, input.limit());
            setStatus(header, RequestHead.refusalOfUnreadable(head, MAX_HEAD, MAX_FIELDS));
        }
        super.onHttpHeaderError(header, context, cause);
    }

    /**
     * The server redirects from the name of a folder without a slash to an absolute address with the Host that the client has
     * sent, in a field and in a page. A path is enough.
     */
    @Override
    protected Buffer encodeHttpPacket(FilterChainContext context, HttpPacket packet) {
        HttpHeader header = packet.getHttpHeader();
        String location = header.isCommitted() ? null : header.getHeader(Header.Location);
        if (location == null || !HttpContent.isContent(packet)) {
            return super.encodeHttpPacket(context, packet);
        }
        header.getHeaders().removeHeader(Header.Location);
        header.addHeader(Header.Location, ORIGIN.matcher(location).replaceFirst("/"));
        header.setContentLength(0);
        boolean isLast = ((HttpContent) packet).isLast();
        return super.encodeHttpPacket(
                context, HttpContent.builder(header).last(isLast).build());
    }

    private static void setStatus(HttpHeader header, int status) {
        HttpStatus.getHttpStatus(status).setValues(((HttpRequestPacket) header).getResponse());
    }
}
