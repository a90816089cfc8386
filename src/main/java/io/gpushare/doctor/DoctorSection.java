package io.gpushare.doctor;

import java.util.List;

/** Findings that belong together. */
public record DoctorSection(String id, String title, List<Finding> findings) {
    public DoctorSection {
        findings = List.copyOf(findings);
    }
}
