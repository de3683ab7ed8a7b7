package ink.neural.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A request, its answer and the rest of a filter chain, without a server. The test plays the client and the container. */
public final class FakeExchange {
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> answerHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final Body body = new Body();
    private final Async async = new Async();
    private final HttpServletRequest request = Fake.of(HttpServletRequest.class, new Request());
    private final HttpServletResponse response = Fake.of(HttpServletResponse.class, new Response());
    private final List<HttpServletRequest> passedOn = new ArrayList<>();
    private String method;
    private String uri;
    private String query;
    private String contextPath = "";
    private long length = -1;
    private int status = 200;
    private boolean committed;

    public FakeExchange(String method, String uri) {
        this.method = method;
        this.uri = uri;
    }

    // The request.

    /** Adds a header field, or several with line breaks between their values. */
    public FakeExchange header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public FakeExchange query(String query) {
        this.query = query;
        return this;
    }

    public FakeExchange contextPath(String contextPath) {
        this.contextPath = contextPath;
        return this;
    }

    /** The announced length of the body; without it, the body is chunked. */
    public FakeExchange length(long length) {
        this.length = length;
        return this;
    }

    public void uri(String uri) {
        this.uri = uri;
    }

    public HttpServletRequest request() {
        return request;
    }

    // The client.

    /** Bytes of the body arrive before the request is handled. */
    public FakeExchange arrived(byte[] bytes) {
        body.pieces.writeBytes(bytes);
        return this;
    }

    /** Bytes of the body arrive later. */
    public void arrive(byte[] bytes) throws IOException {
        body.pieces.writeBytes(bytes);
        body.listener.onDataAvailable();
    }

    /** The body ends. */
    public void end() throws IOException {
        body.listener.onAllDataRead();
    }

    /** The client closes the connection. */
    public void abort() {
        body.listener.onError(new IOException("connection reset"));
    }

    // The container.

    /** The thread that called the filter returns to the container. */
    public void returnThread() {
        async.threadReturned = true;
    }

    /** The asynchronous request ends. */
    public void finish() throws IOException {
        for (AsyncListener listener : async.listeners) {
            listener.onComplete(new AsyncEvent(Fake.of(AsyncContext.class, async)));
        }
    }

    /** Writing the answer fails. */
    public void failAnswer() throws IOException {
        for (AsyncListener listener : async.listeners) {
            listener.onError(new AsyncEvent(Fake.of(AsyncContext.class, async)));
        }
    }

    public AsyncContext async() {
        return Fake.of(AsyncContext.class, async);
    }

    /** How often the request was dispatched. */
    public synchronized int dispatches() {
        return async.dispatches;
    }

    /** Waits for a dispatch by another thread. */
    public synchronized void awaitDispatch() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (async.dispatches == 0 && System.nanoTime() < deadline) {
            wait(100);
        }
        if (async.dispatches == 0) {
            throw new AssertionError("the request was not dispatched");
        }
    }

    /** Whether the request was completed without a dispatch. */
    public synchronized boolean isCompleted() {
        return async.completed;
    }

    /** The request that was dispatched or passed on. */
    public HttpServletRequest handled() {
        return passedOn.isEmpty() ? async.request : passedOn.get(passedOn.size() - 1);
    }

    /** The rest of the chain. It records the requests it gets. */
    public FilterChain chain() {
        return chain((request, response) -> {});
    }

    /** The rest of the chain, which does something. */
    public FilterChain chain(FilterChain rest) {
        return new FilterChain() {
            @Override
            public void doFilter(ServletRequest request, ServletResponse response)
                    throws IOException, ServletException {
                passedOn.add((HttpServletRequest) request);
                rest.doFilter(request, response);
            }
        };
    }

    /** How often the filter called the rest of the chain. */
    public int timesPassedOn() {
        return passedOn.size();
    }

    // The answer.

    public HttpServletResponse response() {
        return response;
    }

    public int status() {
        return status;
    }

    public String answerHeader(String name) {
        return answerHeaders.get(name);
    }

    public Map<String, String> answerHeaders() {
        return answerHeaders;
    }

    public byte[] answerBytes() {
        return answer.toByteArray();
    }

    public String answer() {
        return answer.toString(StandardCharsets.UTF_8);
    }

    private final class Request {
        @SuppressWarnings("unused")
        public String getMethod() {
            return method;
        }

        @SuppressWarnings("unused")
        public String getRequestURI() {
            return uri;
        }

        @SuppressWarnings("unused")
        public String getContextPath() {
            return contextPath;
        }

        @SuppressWarnings("unused")
        public String getServletPath() {
            return uri.substring(contextPath.length());
        }

        @SuppressWarnings("unused")
        public String getPathInfo() {
            return null;
        }

        @SuppressWarnings("unused")
        public boolean isSecure() {
            return false;
        }

        @SuppressWarnings("unused")
        public String getQueryString() {
            return query;
        }

        @SuppressWarnings("unused")
        public String getHeader(String name) {
            return headers.get(name);
        }

        @SuppressWarnings("unused")
        public Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(
                    headers.containsKey(name) ? List.of(headers.get(name).split("\n")) : List.of());
        }

        @SuppressWarnings("unused")
        public boolean isAsyncStarted() {
            return async.request != null;
        }

        @SuppressWarnings("unused")
        public Object getAttribute(String name) {
            return attributes.get(name);
        }

        @SuppressWarnings("unused")
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        @SuppressWarnings("unused")
        public long getContentLengthLong() {
            return length;
        }

        @SuppressWarnings("unused")
        public ServletInputStream getInputStream() {
            return body;
        }

        @SuppressWarnings("unused")
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            async.request = (HttpServletRequest) request;
            return async();
        }
    }

    private final class Response {
        @SuppressWarnings("unused")
        public void setStatus(int code) {
            status = code;
        }

        @SuppressWarnings("unused")
        public int getStatus() {
            return status;
        }

        @SuppressWarnings("unused")
        public boolean isCommitted() {
            return committed;
        }

        @SuppressWarnings("unused")
        public void flushBuffer() {
            committed = true;
        }

        @SuppressWarnings("unused")
        public void resetBuffer() {
            answer.reset();
        }

        @SuppressWarnings("unused")
        public void setHeader(String name, String value) {
            answerHeaders.put(name, value);
        }

        @SuppressWarnings("unused")
        public void addHeader(String name, String value) {
            answerHeaders.merge(name, value, (before, more) -> before + ", " + more);
        }

        @SuppressWarnings("unused")
        public void setIntHeader(String name, int value) {
            setHeader(name, Integer.toString(value));
        }

        @SuppressWarnings("unused")
        public void setContentType(String type) {
            setHeader("Content-Type", type);
        }

        @SuppressWarnings("unused")
        public void setContentLength(int bytes) {
            setIntHeader("Content-Length", bytes);
        }

        @SuppressWarnings("unused")
        public void setContentLengthLong(long bytes) {
            setHeader("Content-Length", Long.toString(bytes));
        }

        @SuppressWarnings("unused")
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public void write(int b) {
                    answer.write(b);
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }

    /** The body as the container offers it. */
    private static final class Body extends ServletInputStream {
        private final Pieces pieces = new Pieces();
        private ReadListener listener;

        @Override
        public int available() {
            return pieces.available();
        }

        @Override
        public int read() {
            return pieces.read();
        }

        @Override
        public boolean isFinished() {
            throw new UnsupportedOperationException("servers disagree on this");
        }

        @Override
        public boolean isReady() {
            return available() > 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            this.listener = listener;
        }
    }

    /** Bytes that have arrived and were not read yet. */
    private static final class Pieces extends ByteArrayOutputStream {
        private int position;

        int available() {
            return count - position;
        }

        int read() {
            return position < count ? buf[position++] & 0xFF : -1;
        }
    }

    private final class Async {
        private final List<AsyncListener> listeners = new ArrayList<>();
        private HttpServletRequest request;
        private boolean threadReturned;
        private int dispatches;
        private boolean completed;

        @SuppressWarnings("unused")
        public void setTimeout(long milliseconds) {
            if (threadReturned) {
                throw new IllegalStateException("the thread has returned to the container");
            }
        }

        @SuppressWarnings("unused")
        public void addListener(AsyncListener listener) {
            listeners.add(listener);
        }

        @SuppressWarnings("unused")
        public ServletRequest getRequest() {
            return request;
        }

        @SuppressWarnings("unused")
        public ServletResponse getResponse() {
            return response;
        }

        @SuppressWarnings("unused")
        public void dispatch() {
            synchronized (FakeExchange.this) {
                dispatches++;
                FakeExchange.this.notifyAll();
            }
        }

        @SuppressWarnings("unused")
        public void complete() {
            synchronized (FakeExchange.this) {
                completed = true;
            }
        }
    }
}
