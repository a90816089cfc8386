package io.gpushare.experiment.sweep;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.yaml.YamlProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sweeps that come with gpushare, by name. */
public final class ShippedSweeps {
    private static final String ENDING = ".yaml";
    private static final List<String> NAMES = List.of(
            "quick",
            "experiments",
            "baseline",
            "modes",
            "scaling",
            "interference",
            "mps-percentages",
            "slo",
            "serving",
            "mig-geometry",
            "mig-gi",
            "mig-ci",
            "time-slices",
            "max-power");

    private ShippedSweeps() {}

    /** The one to begin with comes first. */
    public static List<String> names() {
        return NAMES;
    }

    /** @throws GpushareException (status USAGE) that names what is near */
    public static YamlProperties find(String name) {
        if (!NAMES.contains(name)) {
            String advice = Spelling.advice(name, NAMES);
            throw GpushareException.usage(
                    "no sweep that comes with gpushare is called '" + name + "'",
                    Files.exists(Path.of(name)) ? "To take the file, write ./" + name + ". " + advice : advice);
        }
        return YamlProperties.read(Path.of(name + ENDING), text(name));
    }

    private static String text(String name) {
        try (InputStream resource = ShippedSweeps.class.getResourceAsStream(name + ENDING)) {
            if (resource == null) {
                throw new IllegalStateException("the sweep " + name + " is not in this program");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the sweep " + name + " cannot be read", unreadable);
        }
    }
}
