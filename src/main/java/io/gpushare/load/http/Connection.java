package io.gpushare.load.http;

import io.gpushare.load.account.Ending;
import io.gpushare.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection to the server, used by one request at a time. Waits no longer than until its deadline. */
final class Connection implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;

    private final Socket socket;
    private final Time time;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;
    private long deadlineNanos;
    private long receivedNanos;
    private boolean used;

    private Connection(Socket socket, Time time) throws IOException {
        this.socket = socket;
        this.time = time;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Of a host with several addresses the first that answers. */
    static Connection open(Endpoint endpoint, Time time, long deadlineNanos) throws IOException {
        IOException failed = new ExchangeFailure(Ending.NO_NAME);
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            Socket socket = new Socket();
            try {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                socket.connect(new InetSocketAddress(address, endpoint.port()), millisecondsLeft(time, deadlineNanos));
                return new Connection(
                        endpoint.secure() ? secured(socket, endpoint, time, deadlineNanos) : socket, time);
            } catch (IOException failure) {
                closeQuietly(socket);
                failed = failure;
            }
        }
        throw failed;
    }

    private static Socket secured(Socket socket, Endpoint endpoint, Time time, long deadlineNanos) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(millisecondsLeft(time, deadlineNanos));
        secured.startHandshake();
        return secured;
    }

    /** At least one: a timeout of 0 would mean none. */
    private static int millisecondsLeft(Time time, long deadlineNanos) throws ExchangeFailure {
        long left = deadlineNanos - time.nanos();
        if (left <= 0) {
            throw new ExchangeFailure(Ending.TIMED_OUT);
        }
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(left) + 1, 1, Integer.MAX_VALUE);
    }

    /** Begins another exchange. */
    void begin(long deadline) {
        deadlineNanos = deadline;
    }

    /** Whether an exchange went well on it before. */
    boolean used() {
        return used;
    }

    /** It can take another exchange. */
    void wentWell() {
        used = true;
    }

    /** Whether the server said more than was asked for: then nobody knows what is next. */
    boolean hasMore() {
        return next < end;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Waits for a byte, and leaves it there. Whether there is one. */
    boolean awaitByte() throws IOException {
        return hasMore() || fill();
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        return awaitByte() ? buffer[next++] & 0xff : -1;
    }

    /** Gives what is there, waiting for the first byte only, to the sink. Returns how many, 0 at the end. */
    int readTo(BodySink sink, long most) throws IOException {
        if (!awaitByte()) {
            return 0;
        }
        int count = (int) Math.min(most, end - next);
        sink.accept(buffer, next, count, receivedNanos);
        next += count;
        return count;
    }

    private boolean fill() throws IOException {
        socket.setSoTimeout(millisecondsLeft(time, deadlineNanos));
        int count = in.read(buffer);
        receivedNanos = time.nanos();
        next = 0;
        end = Math.max(0, count);
        return count > 0;
    }

    /** When the bytes came that were read last. */
    long receivedNanos() {
        return receivedNanos;
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is given up anyway.
        }
    }
}
