package io.gpushare.runtime.elsewhere;

import io.gpushare.process.ProgramOutput;
import java.nio.charset.StandardCharsets;

/** Hands on what a program of ours prints, and keeps what it wrote on stderr, to tell why it ended. */
public final class LastWords implements ProgramOutput {
    private static final int MOST_KEPT = 2000;
    private static final String ERROR = "error: ";

    private final ProgramOutput output;
    private final StringBuilder kept = new StringBuilder();

    public LastWords(ProgramOutput output) {
        this.output = output;
    }

    @Override
    public void stdout(byte[] bytes, int offset, int count) {
        output.stdout(bytes, offset, count);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int count) {
        synchronized (kept) {
            if (kept.length() < MOST_KEPT) {
                kept.append(new String(bytes, offset, count, StandardCharsets.UTF_8));
            }
        }
        output.stderr(bytes, offset, count);
    }

    /**
     * Of a gpushare, the sentence of its error says more than all else.
     *
     * @param how it ended, a part of a sentence
     */
    public String endWords(String how) {
        String why = words().lines()
                .filter(line -> line.startsWith(ERROR))
                .map(line -> line.substring(ERROR.length()))
                .findFirst()
                .orElseGet(this::inOneLine);
        return why.isEmpty() ? how : how + ": " + why;
    }

    /** All of them. */
    public String inOneLine() {
        return words().replaceAll("\\s*\n\\s*", "; ");
    }

    private String words() {
        synchronized (kept) {
            return kept.toString().strip();
        }
    }
}
