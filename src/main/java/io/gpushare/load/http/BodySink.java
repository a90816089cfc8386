package io.gpushare.load.http;

/** Takes the body of an answer in, piece by piece. */
@FunctionalInterface
interface BodySink {
    BodySink NOTHING = (_, _, _, _) -> {};

    /** @param atNanos when the bytes came */
    void accept(byte[] bytes, int offset, int length, long atNanos) throws ExchangeFailure;
}
