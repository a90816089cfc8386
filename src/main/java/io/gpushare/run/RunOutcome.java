package io.gpushare.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.benchmark.RunResult;
import java.nio.file.Path;

/** @param document what the file holds */
public record RunOutcome(RunResult result, Path file, ObjectNode document) {}
