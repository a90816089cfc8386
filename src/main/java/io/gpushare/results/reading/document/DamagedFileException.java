package io.gpushare.results.reading.document;

/** Why a file cannot be read. */
public final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    private static final String WHOLE_FILE = "it";

    private final String subject;
    private final String predicate;
    private final boolean placed;

    /** @param predicate of a sentence about the file, or about a place in it: "is empty" */
    public DamagedFileException(String predicate) {
        this(WHOLE_FILE, predicate, true);
    }

    private DamagedFileException(String subject, String predicate, boolean placed) {
        super(subject + " " + predicate, null, false, false);
        this.subject = subject;
        this.predicate = predicate;
        this.placed = placed;
    }

    /** Of the file, wherever in it this was found. */
    static DamagedFileException ofWholeFile(String predicate) {
        return new DamagedFileException(WHOLE_FILE, predicate, false);
    }

    /** A sentence without its full stop. */
    public String words() {
        return subject + " " + predicate;
    }

    /** @param place where in what was known so far, as "tenant 2" */
    public DamagedFileException at(String place) {
        if (!placed) {
            return this;
        }
        return new DamagedFileException(subject.equals(WHOLE_FILE) ? place : place + ", " + subject, predicate, true);
    }
}
