package io.gpushare.results.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * A file of samples that belongs to no run: {@code gpushare monitor} wrote it.
 *
 * @param head all of it but its tables
 */
public record StoredMonitor(Path file, ObjectNode head) {}
