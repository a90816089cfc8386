package io.gpushare.exchange;

/** What is wrong with somebody else's document: a sentence that names the place. */
final class NotInFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotInFormatException(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
