package io.gpushare.cli.bench;

import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.words.LoadWords;
import io.gpushare.mode.MpsSettings;
import io.gpushare.plan.AdHocWorkload;
import io.gpushare.plan.PlanDraft;
import io.gpushare.workload.Workload;
import io.gpushare.workload.server.ServerProgram;
import io.gpushare.workload.server.ServerText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Tenants that somebody runs already: servers that are loaded, and neither started nor stopped. */
final class AttachedServerOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "A server that runs already: loaded, and left running. Repeatable.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--load",
            paramLabel = "WORD=VALUE",
            description = "Its load, as `gpushare load` names it: rate=50. Repeatable.")
    private List<String> words = new ArrayList<>();

    boolean given() {
        return !urls.isEmpty();
    }

    void refuseWithoutServer() {
        if (!words.isEmpty()) {
            throw GpushareException.usage(
                    "--load is put on the servers of --server, and there is none", "Name one with --server URL.");
        }
    }

    void addTo(PlanDraft draft) {
        LoadWords load = OptionText.read("--load", this::load);
        for (String text : urls) {
            URI url = OptionText.read("--server", () -> ServerText.url(text));
            ServerProgram server = new ServerProgram(Optional.of(url), Optional.empty(), 1, load);
            Workload workload = AdHocWorkload.of(AdHocWorkload.SERVER, server, ServerText.unit(server));
            draft.addPrograms(workload, 1, MpsSettings.NONE);
        }
    }

    private LoadWords load() {
        Map<String, String> named = new TreeMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + word + "' is no WORD=VALUE, as rate=50");
            }
            if (named.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(word.substring(0, equals) + " is given twice");
            }
        }
        LoadWords load =
                new LoadWords(new TreeMap<>(named), Map.of(), Path.of("").toAbsolutePath());
        load.load(Duration.ofSeconds(1), 0);
        return load;
    }
}
