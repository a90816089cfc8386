package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.sampling.journal.JournalReplay.Outcome;
import io.gpushare.sampling.summary.GpuClockEvents;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.PhaseEnergy;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader of the result must know before trusting it. */
final class MonitorWarnings {
    /** One in so many is scheduling noise: counted in the instrument's report, but no reason to doubt a result. */
    private static final int TOLERATED_MISSES = 100;

    private MonitorWarnings() {}

    static List<String> of(
            Outcome outcome, List<String> whileSampling, List<GpuEnergy> energy, List<GpuClockEvents> clocks) {
        List<String> warnings = new ArrayList<>(whileSampling);
        if (outcome.instrument().isEmpty()) {
            warnings.add("the run was interrupted: this file was made from its journal");
        }
        if (outcome.unreadableLines() > 0) {
            warnings.add(Amount.of(outcome.unreadableLines(), "line")
                    + " of the journal could not be read and " + (outcome.unreadableLines() == 1 ? "is" : "are")
                    + " missing");
        }
        outcome.instrument().ifPresent(instrument -> addInstrument(warnings, instrument));
        clocks.stream()
                .filter(gpu -> !gpu.throttling().isEmpty())
                .forEach(gpu -> warnings.add(gpu.gpu().id() + " was held back by " + gpu.throttling()));
        for (GpuEnergy gpu : energy) {
            gpu.phases().stream()
                    .filter(PhaseEnergy::disagrees)
                    .forEach(phase -> phase.disagreementPercent()
                            .asOptional()
                            .ifPresent(percent -> warnings.add(String.format(
                                    Locale.ROOT,
                                    "energy of %s in phase %s: the integral of power is %+.1f %% off the counter",
                                    gpu.gpu().id(),
                                    phase.phase(),
                                    percent))));
        }
        return inPeoplesWords(warnings, outcome.session().identity());
    }

    /** People number their GPUs; a UUID says nothing to them. */
    private static List<String> inPeoplesWords(List<String> warnings, JsonNode identity) {
        List<String> worded = new ArrayList<>(warnings);
        name(worded, identity.path("gpus"), "");
        for (JsonNode node : identity.path("nodes")) {
            name(worded, node.path("gpus"), " of the node " + node.path("node").asText());
        }
        return worded;
    }

    private static void name(List<String> warnings, JsonNode gpus, String whose) {
        for (JsonNode gpu : gpus) {
            warnings.replaceAll(warning -> warning.replace(
                    gpu.path("uuid").asText(), "GPU " + gpu.path("index").asText() + whose));
        }
    }

    private static void addInstrument(List<String> warnings, JsonNode instrument) {
        for (JsonNode loop : instrument.path("loops")) {
            long missed = loop.path("ticks_missed").longValue();
            long due = loop.path("ticks_due").longValue();
            if (missed * TOLERATED_MISSES > due) {
                warnings.add("the " + loop.path("name").asText() + " loop missed " + missed + " of " + due + " ticks");
            }
        }
        for (JsonNode ring : instrument.path("rings")) {
            long lost = ring.path("lost").longValue();
            if (lost > 0) {
                warnings.add(lost + " samples of " + ring.path("table").asText()
                        + " were overwritten by the driver before they were read");
            }
        }
    }
}
