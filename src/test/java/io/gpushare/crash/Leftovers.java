package io.gpushare.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.file.KernelLock;
import io.gpushare.results.ResultSchema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is not as it should be. */
final class Leftovers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> sentences = new ArrayList<>();

    List<String> sentences() {
        return List.copyOf(sentences);
    }

    void compare(String what, Object before, Object now) {
        if (!before.equals(now)) {
            sentences.add(what + " was\n" + before + "\nand is\n" + now);
        }
    }

    void none(String what, List<?> found) {
        if (!found.isEmpty()) {
            sentences.add(what + ": " + found);
        }
    }

    void locks(List<Path> files) throws IOException {
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                if (!KernelLock.take(channel)) {
                    sentences.add("a lock is held: " + file);
                }
            }
        }
    }

    void results(List<Path> files) throws IOException {
        for (Path file : files) {
            boolean benchmark = file.getFileName().toString().startsWith("benchmark_");
            ResultSchema schema = benchmark ? ResultSchema.benchmark() : ResultSchema.gpuMonitor();
            try {
                none(file + " breaks its schema", schema.problemsOf(JSON.readTree(file.toFile())));
            } catch (JsonProcessingException broken) {
                sentences.add(file + " does not parse: " + broken.getMessage());
            }
        }
    }

    /** A kill may tear the last line, and no other. */
    void journals(List<Path> files) throws IOException {
        for (Path file : files) {
            String text = Files.readString(file);
            List<String> lines = text.lines().toList();
            int whole = text.endsWith("\n") ? lines.size() : lines.size() - 1;
            for (int line = 0; line < whole; line++) {
                if (!isObject(lines.get(line))) {
                    sentences.add(file + " has a torn line " + (line + 1) + ": " + lines.get(line));
                }
            }
        }
    }

    private static boolean isObject(String line) {
        try {
            JsonNode read = JSON.readTree(line);
            return read.isObject() || read.isArray();
        } catch (JsonProcessingException torn) {
            return false;
        }
    }
}
