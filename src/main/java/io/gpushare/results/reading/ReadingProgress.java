package io.gpushare.results.reading;

/** How far reading has come. Called from several threads, after each file. */
@FunctionalInterface
public interface ReadingProgress {
    ReadingProgress NONE = (files, ofFiles, bytes) -> {};

    /** @param bytes of the files that are done, together */
    void done(int files, int ofFiles, long bytes);
}
