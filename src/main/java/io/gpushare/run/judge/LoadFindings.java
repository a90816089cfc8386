package io.gpushare.run.judge;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What speaks against a load on a server: its errors, and the lateness of the load generator. */
final class LoadFindings {
    private static final double TAIL = 0.99;

    private LoadFindings() {}

    /** @param who as {@code Tenant 0 (server)} */
    static List<Finding> of(String who, ServedLoad load) {
        List<Finding> findings = new ArrayList<>();
        if (load.failedShare() > ServedLoad.MOST_FAILED) {
            findings.add(new Finding(
                    Reason.REQUESTS_FAILED,
                    who + " failed " + Figure.percent(load.failedShare()) + " of its "
                            + Amount.of(load.scheduled(), "request") + classes(load)
                            + ". Latency and throughput are those of the others: look at its log, or load it less."));
        }
        double lateMs = load.latenessP99Ms().orElse(0);
        if (LoadSummary.latenessMatters(lateMs, load.latencyMs(TAIL).orElse(0))) {
            findings.add(new Finding(
                    Reason.LOAD_LATE,
                    "The load generator was late itself on " + who.replaceFirst("Tenant", "tenant")
                            + ": 1 % of its requests were sent " + Figure.of(lateMs)
                            + " ms or more behind their moment. Leave it a core, or load less."));
        }
        return findings;
    }

    private static String classes(ServedLoad load) {
        JsonNode endings = load.details().at("/measured/requests/endings");
        String words = Arrays.stream(Ending.values())
                .filter(Ending::isError)
                .filter(ending -> endings.path(ending.key()).asLong() > 0)
                .map(ending -> endings.path(ending.key()).asLong() + " " + ending.words())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "" : " (" + words + ")";
    }
}
