package io.gpushare.doctor;

import java.util.List;

/** Finds its way in a report by ids. */
final class ReportReading {
    private ReportReading() {}

    static List<Finding> findings(DoctorReport report) {
        return report.sections().stream()
                .flatMap(section -> section.findings().stream())
                .toList();
    }

    static Finding finding(DoctorReport report, String id) {
        return findings(report).stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding " + id));
    }

    static Capability capability(DoctorReport report, String id) {
        return report.capabilities().stream()
                .filter(capability -> capability.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no capability " + id));
    }

    static List<String> available(DoctorReport report) {
        return report.capabilities().stream()
                .filter(Capability::available)
                .map(Capability::id)
                .toList();
    }
}
