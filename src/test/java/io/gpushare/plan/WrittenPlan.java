package io.gpushare.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans as people write them, of {@link SomeWorkloads}. */
final class WrittenPlan {
    private WrittenPlan() {}

    static RunPlan read(Path folder, String text) {
        try {
            Path file = Files.writeString(folder.resolve("plan.yaml"), text);
            return PlanYaml.read(file, new SomeWorkloads()).plan();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** The lines, of which this one takes the place of that with the same property. */
    static String with(String lines, String line) {
        String property = line.substring(0, line.indexOf(':'));
        return lines.replaceAll("(?m)^" + property + ":.*\\n", "") + line + "\n";
    }
}
