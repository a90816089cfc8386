package io.gpushare.experiment.isolate;

import io.gpushare.failure.Spelling;
import java.util.Arrays;
import java.util.List;

/** What a neighbour does wrong. Their names are those that the workload {@code misbehave} takes. */
public enum Misbehaviour {
    MEMORY_HOG("memory-hog", "takes all memory that it can get", Course.GOES_ON),
    LAUNCH_STORM("launch-storm", "starts tiny kernels without a pause", Course.GOES_ON),
    BANDWIDTH_HOG("bandwidth-hog", "copies within the memory without a pause", Course.GOES_ON),
    L2_HOG("l2-hog", "keeps the L2 cache full of its data", Course.GOES_ON),
    PCIE_HOG("pcie-hog", "copies to the host and back without a pause", Course.GOES_ON),
    OUT_OF_MEMORY("out-of-memory", "asks for more memory than there is", Course.DIES),
    ILLEGAL_ACCESS("illegal-access", "writes to an address that is nobody's", Course.DIES),
    DEVICE_ASSERT("device-assert", "breaks an assertion on the GPU", Course.DIES),
    KILLED("killed", "is killed while its kernel runs", Course.DIES),
    STOPPED("stopped", "is stopped while its kernel runs", Course.STANDS_STILL),
    ENDLESS_KERNEL("endless-kernel", "has a kernel that does not end", Course.BOUNDED);

    /** How it goes on once it has begun. */
    enum Course {
        /** Until it is told to end, or for as long as the workload's parameter {@code for} says. */
        GOES_ON,
        /** For as long as the parameter {@code bound} says. */
        BOUNDED,
        /** Likewise; then it holds what it has until somebody kills it. */
        STANDS_STILL,
        /** At once. */
        DIES
    }

    private final String text;
    private final String words;
    private final Course course;

    Misbehaviour(String text, String words, Course course) {
        this.text = text;
        this.words = words;
        this.course = course;
    }

    /** @throws IllegalArgumentException with a sentence for the user, for a word that names none */
    public static Misbehaviour of(String text) {
        return Arrays.stream(values())
                .filter(one -> one.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is no misbehaviour. " + Spelling.advice(text, texts())));
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(Misbehaviour::toString).toList();
    }

    /** As in "a neighbour that … takes all memory that it can get". */
    public String words() {
        return words;
    }

    Course course() {
        return course;
    }

    /** As on the command line and in files. It never changes. */
    @Override
    public String toString() {
        return text;
    }
}
