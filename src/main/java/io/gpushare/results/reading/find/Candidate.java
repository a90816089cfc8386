package io.gpushare.results.reading.find;

import java.nio.file.Path;

/**
 * A file that may hold something.
 *
 * @param named by the user himself, who expects it to be a result
 */
public record Candidate(Path file, boolean named) {}
