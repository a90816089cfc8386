package io.gpushare.runtime.attached;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A program that somebody else runs. Nothing here does anything to it; closing this leaves it as it is. */
public interface AttachedProgram extends AutoCloseable {
    String name();

    /** Those that live now, in the host's numbering; none where they cannot be seen from here. */
    Set<Integer> processes();

    /** Folders of the control groups that hold it and nothing else; empty where there is none, or none can be seen. */
    default List<Path> controlGroups() {
        return List.of();
    }

    /** Whether it is no longer what was attached, as the end of a sentence: "it ended". */
    Optional<String> whyGone() throws InterruptedException;

    @Override
    default void close() {}
}
