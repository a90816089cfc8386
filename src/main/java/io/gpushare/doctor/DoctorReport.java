package io.gpushare.doctor;

import io.gpushare.failure.ExitStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was found on this machine, and what can be done with it.
 *
 * @param ready whether a GPU can be measured here at all: programs can always run as plain processes
 */
public record DoctorReport(boolean ready, List<DoctorSection> sections, List<Capability> capabilities) {
    public DoctorReport {
        sections = List.copyOf(sections);
        capabilities = List.copyOf(capabilities);
    }

    public ExitStatus status() {
        return ready ? ExitStatus.DONE : ExitStatus.UNABLE;
    }

    /** For JSON: maps, lists, text, numbers and booleans only, with stable names. */
    public Map<String, Object> asTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ready", ready);
        tree.put("capabilities", capabilities.stream().map(DoctorReport::tree).toList());
        tree.put("sections", sections.stream().map(DoctorReport::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Capability capability) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", capability.id());
        tree.put("title", capability.title());
        tree.put("available", capability.available());
        tree.put("why", capability.why());
        capability.mend().ifPresent(mend -> tree.put("mend", mend));
        return tree;
    }

    private static Map<String, Object> tree(DoctorSection section) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", section.id());
        tree.put("title", section.title());
        tree.put("findings", section.findings().stream().map(DoctorReport::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", finding.id());
        tree.put("title", finding.title());
        tree.put("state", finding.state().name().toLowerCase(Locale.ROOT));
        tree.put("found", finding.found());
        finding.mend().ifPresent(mend -> tree.put("mend", mend));
        tree.put("values", finding.values());
        return tree;
    }
}
