package io.gpushare.load.words;

import io.gpushare.failure.Spelling;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a file or settings say of a load: the options of {@code gpushare load} by their names, with {@code _} for
 * {@code -}.
 *
 * @param headers of every request; nobody writes them down
 * @param folder in which relative paths begin
 */
public record LoadWords(Map<String, String> words, Map<String, String> headers, Path folder) {
    /** Before such a word where it stands among other settings. */
    public static final String PREFIX = "load.";

    private static final List<String> OPEN = List.of("rate", "arrivals");
    private static final List<String> CLOSED = List.of("clients", "think");
    private static final List<String> BODIES = List.of("body", "body_file", "requests");
    private static final List<String> PROMPTS =
            List.of("llm", "model", "prompt_tokens", "output_tokens", "lengths", "ignore_eos");

    /** What belongs to a scenario. */
    static final List<String> SCENARIO = List.of("latency_bound", "samples_per_request", "official");

    public static final List<String> NAMES = List.of("""
            rate arrivals clients think warm_up timeout max_in_flight path method body body_file requests http
            connections max_body llm model prompt_tokens output_tokens lengths ignore_eos goodput scenario
            latency_bound samples_per_request official""".split("\\s"));

    /** @throws IllegalArgumentException with a sentence, for a word that there is not */
    public LoadWords {
        words = Collections.unmodifiableMap(new TreeMap<>(words));
        headers = Map.copyOf(headers);
        for (String name : words.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("a load has no '" + name + "'. " + Spelling.suggestion(name, NAMES)
                        + "It has " + String.join(", ", NAMES));
            }
        }
    }

    /**
     * With others in place of some. What they rule out is forgotten: a rate takes the place of clients, and a scenario
     * that of both where it says itself when queries come.
     *
     * @throws IllegalArgumentException with a sentence, for a word that there is not
     */
    public LoadWords over(Map<String, String> others) {
        TreeMap<String, String> all = new TreeMap<>(words);
        if (others.keySet().stream().anyMatch(OPEN::contains)) {
            all.keySet().removeAll(CLOSED);
        }
        if (others.keySet().stream().anyMatch(CLOSED::contains)) {
            all.keySet().removeAll(OPEN);
        }
        Optional.ofNullable(others.get("scenario")).ifPresent(name -> {
            all.keySet().removeAll(CLOSED);
            all.remove("arrivals");
            if (!name.equals(Scenario.SERVER.toString())) {
                all.keySet().removeAll(List.of("rate", "latency_bound"));
            }
        });
        if (BODIES.stream().anyMatch(others::containsKey)) {
            all.keySet().removeAll(BODIES);
            all.keySet().removeAll(PROMPTS);
        }
        if (others.containsKey("llm")) {
            all.keySet().removeAll(BODIES);
            all.remove("method");
        }
        all.putAll(others);
        return new LoadWords(all, headers, folder);
    }

    Optional<String> word(String name) {
        return Optional.ofNullable(words.get(name));
    }

    /** Whether the clock says when a request is sent, whatever becomes of those before. */
    public boolean open() {
        return OPEN.stream().anyMatch(words::containsKey);
    }

    /** For how long answers are waited for, at the end, too. */
    public Duration timeout() {
        return load(Duration.ofSeconds(1), 0).plan().timeout();
    }

    /** Load that does not count yet. */
    public Duration warmUp() {
        return load(Duration.ofSeconds(1), 0).plan().warmUp();
    }

    /** By whose rules it is judged, too. */
    public Optional<ScenarioPlan> scenario() {
        return load(Duration.ofSeconds(1), 0).scenario();
    }

    /**
     * What it comes to.
     *
     * @param duration that is likely to be measured
     * @param seed of all that is drawn
     * @throws IllegalArgumentException with a sentence, for words that make no sense
     * @throws io.gpushare.failure.GpushareException (status USAGE) for a file that makes none
     */
    public TenantLoad load(Duration duration, long seed) {
        return new LoadReader(this).read(duration, seed);
    }
}
