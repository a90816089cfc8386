package io.gpushare.load.http;

import io.gpushare.load.account.Ending;
import java.io.IOException;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.HttpStreamResetException;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;

/** A connection, over which as many requests go at once as the server allows; the others wait for their turn. */
final class Http2Connection {
    private final IOSession session;
    private volatile boolean used;

    Http2Connection(IOSession session) {
        this.session = session;
    }

    /** Whether an exchange went well on it before. */
    boolean used() {
        return used;
    }

    boolean isOpen() {
        return session.isOpen();
    }

    /** Until it is over, well or not. */
    void run(Http2Exchange exchange, long deadlineNanos) {
        ComplexCancellable stream = new ComplexCancellable();
        session.enqueue(
                new RequestExecutionCommand(exchange, null, stream, HttpCoreContext.create()), Command.Priority.NORMAL);
        exchange.await(deadlineNanos);
        if (exchange.answer().ending() == Ending.DONE) {
            used = true;
        } else {
            // The server need not go on with what nobody waits for. Of a stream that is over it does nothing.
            stream.cancel();
        }
    }

    static Ending failure(IOException failure) {
        return switch (failure) {
            case H2ConnectionException _ -> Ending.NOT_HTTP;
            case HttpStreamResetException _ -> Ending.RESET;
            default -> ExchangeFailure.of(failure).ending();
        };
    }
}
