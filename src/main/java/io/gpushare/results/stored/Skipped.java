package io.gpushare.results.stored;

import java.nio.file.Path;

/**
 * A file that was passed over.
 *
 * @param reason continues "… was skipped: "
 * @param loss whether something was lost with it; a duplicate, or a file that nobody called a result, is no loss
 */
public record Skipped(Path file, String reason, boolean loss) {}
