package io.gpushare.load.arrival;

import java.util.List;

/** A rate over time, piece by piece, each constant or linear. */
record RateProfile(List<Piece> pieces) {

    /** @param from and {@code to} in requests a second */
    record Piece(double seconds, double from, double to) {
        double requests() {
            return seconds * (from + to) / 2;
        }

        /** When that many requests of the piece have come; the stable solution of the quadratic equation. */
        double secondsOf(double requests) {
            double root = Math.sqrt(from * from + 2 * (to - from) * requests / seconds);
            return requests == 0 ? 0 : 2 * requests / (from + root);
        }
    }

    RateProfile {
        pieces = List.copyOf(pieces);
    }

    /** When that many requests have come, in seconds; infinite behind the last piece. */
    double secondsOf(double requests) {
        double before = 0;
        double left = requests;
        for (Piece piece : pieces) {
            if (left < piece.requests()) {
                return before + piece.secondsOf(left);
            }
            left -= piece.requests();
            before += piece.seconds();
        }
        return Double.POSITIVE_INFINITY;
    }
}
