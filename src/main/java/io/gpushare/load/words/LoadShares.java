package io.gpushare.load.words;

import io.gpushare.text.Amount;
import io.gpushare.text.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A load of several servers together, which each of them gets its share of: requests a second in equal parts, clients
 * as evenly as whole numbers allow.
 */
public final class LoadShares {
    /** Before such a word where it stands among other settings. */
    public static final String PREFIX = "load_total.";

    /** So many digits tell one share from another, and add up to the whole but for a millionth. */
    private static final MathContext DIGITS = new MathContext(6);

    private static final String RATE = "rate";
    private static final String CLIENTS = "clients";

    /** What can be shared. */
    public static final List<String> WORDS = List.of(RATE, CLIENTS);

    private LoadShares() {}

    /**
     * @param word of the load, {@code rate} or {@code clients}
     * @return one a server, the largest first
     * @throws IllegalArgumentException with a sentence, for what cannot be shared, or not among so many
     */
    public static List<String> of(String word, String total, int servers) {
        return switch (word) {
            case RATE -> Collections.nCopies(servers, rate(total, servers));
            case CLIENTS -> clients(Numbers.whole(total), servers);
            default ->
                throw new IllegalArgumentException(
                        "'" + word + "' of a load cannot be shared among servers; rate and clients can");
        };
    }

    private static String rate(String total, int servers) {
        return BigDecimal.valueOf(LoadReader.rate(total))
                .divide(BigDecimal.valueOf(servers), DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static List<String> clients(int total, int servers) {
        if (total < servers) {
            throw new IllegalArgumentException(Amount.of(total, "client") + " for " + Amount.of(servers, "server")
                    + ": each needs one of its own");
        }
        return IntStream.range(0, servers)
                .mapToObj(server -> Integer.toString(total / servers + (server < total % servers ? 1 : 0)))
                .toList();
    }
}
