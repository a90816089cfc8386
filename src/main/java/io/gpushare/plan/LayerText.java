package io.gpushare.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.Mount;
import io.gpushare.text.Sizes;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A layer as a file, and as a part of a plan. */
public final class LayerText {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    private LayerText() {}

    /** Relative paths in it start at its own folder. */
    public static Layer read(Path file) {
        if (!Files.exists(file)) {
            throw GpushareException.usage("there is no layer " + file, "docs/layers.md tells what such a file says.");
        }
        return read(YamlProperties.read(file.toAbsolutePath()));
    }

    static Layer read(YamlProperties layer) {
        Function<String, Path> resolve =
                text -> layer.file().toAbsolutePath().resolveSibling(text).normalize();
        String name = layer.parsed("name", LayerText::name);
        Map<String, String> environment = layer.textsByName("env");
        layer.at("env", () -> checkEnvironment(environment));
        List<Mount> binds = new ArrayList<>();
        List<String> bound = layer.optionalTexts("binds").orElse(List.of());
        layer.at("binds", () -> bound.forEach(text -> binds.add(PlanText.bind(text, resolve))));
        List<Path> preload = new ArrayList<>();
        List<String> libraries = layer.has("preload") ? layer.oneOrMoreTexts("preload") : List.of();
        layer.at("preload", () -> libraries.forEach(text -> preload.add(library(resolve.apply(text)))));
        List<String> wrapper = layer.optionalTexts("wrapper").orElse(List.of());
        Optional<Long> memory = layer.optionalParsed("memory_limit", Sizes::parse);
        layer.refuseOthers();
        if (environment.isEmpty() && preload.isEmpty() && wrapper.isEmpty()) {
            throw layer.problem("name", "the layer changes nothing: it has no env, no preload and no wrapper");
        }
        return new Layer(
                name,
                environment,
                binds,
                preload,
                wrapper,
                memory.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no name of a layer: it has small letters, digits, '.', '_' and '-', 32 at most");
        }
        return text;
    }

    private static void checkEnvironment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            TenantVariable.parse(name + "=" + value);
            if (name.equals(Layer.PRELOAD)) {
                throw new IllegalArgumentException(Layer.PRELOAD + " is what `preload` sets");
            }
        });
    }

    /** The loader takes a list with colons or spaces between, and knows no quotes. */
    private static Path library(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("there is no library " + path);
        }
        if (path.toString().matches(".*[ :].*")) {
            throw new IllegalArgumentException(
                    "the loader cannot take a library whose path has a space or a colon: " + path);
        }
        return path;
    }

    /** {@link #read(YamlProperties)} reads it back. */
    static void put(ObjectNode node, Layer layer) {
        node.put("name", layer.name());
        PlanJson.putTexts(node, "env", layer.environment());
        putTexts(node, "binds", layer.binds().stream().map(PlanText::bind).toList());
        putTexts(node, "preload", layer.preload().stream().map(Path::toString).toList());
        putTexts(node, "wrapper", layer.wrapper());
        layer.memoryLimitBytes().ifPresent(bytes -> node.put("memory_limit", Sizes.text(bytes)));
    }

    private static void putTexts(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(node.putArray(name)::add);
        }
    }
}
