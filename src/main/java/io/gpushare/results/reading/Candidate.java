package io.gpushare.results.reading;

import java.nio.file.Path;

/**
 * A file that may hold something.
 *
 * @param named by the user himself, who expects it to be a result
 */
record Candidate(Path file, boolean named) {}
