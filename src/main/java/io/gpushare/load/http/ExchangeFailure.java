package io.gpushare.load.http;

import io.gpushare.load.account.Ending;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** A request that failed, by its class. */
final class ExchangeFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final Ending ending;

    ExchangeFailure(Ending ending) {
        super(ending.words());
        this.ending = ending;
    }

    private ExchangeFailure(Ending ending, IOException cause) {
        super(cause.getMessage(), cause);
        this.ending = ending;
    }

    Ending ending() {
        return ending;
    }

    static ExchangeFailure of(IOException failure) {
        return switch (failure) {
            case ExchangeFailure known -> known;
            case SocketTimeoutException _ -> new ExchangeFailure(Ending.TIMED_OUT, failure);
            case UnknownHostException _ -> new ExchangeFailure(Ending.NO_NAME, failure);
            case NoRouteToHostException _ -> new ExchangeFailure(Ending.UNREACHABLE, failure);
            case BindException _ -> new ExchangeFailure(Ending.LOCAL, failure);
            case EOFException _ -> new ExchangeFailure(Ending.SHORT, failure);
            default -> new ExchangeFailure(bySystem(failure), failure);
        };
    }

    /** The kernel's own words are all that Java tells. */
    private static Ending bySystem(IOException failure) {
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("too many open files")
                || said.contains("cannot assign requested address")
                || said.contains("no buffer space")) {
            return Ending.LOCAL;
        }
        if (said.contains("unreachable") || said.contains("no route")) {
            return Ending.UNREACHABLE;
        }
        if (failure instanceof ConnectException) {
            return said.contains("timed out") ? Ending.TIMED_OUT : Ending.REFUSED;
        }
        if (failure instanceof SSLException && !said.contains("reset") && !said.contains("closed")) {
            return Ending.TLS;
        }
        return Ending.RESET;
    }
}
