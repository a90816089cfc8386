package io.gpushare.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.terminal.Style;
import io.gpushare.doctor.Capability;
import io.gpushare.doctor.DoctorReport;
import io.gpushare.doctor.DoctorSection;
import io.gpushare.doctor.Finding;
import io.gpushare.doctor.Finding.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DoctorTextTest {
    private static final DoctorReport REPORT = new DoctorReport(
            false,
            List.of(
                    new DoctorSection(
                            "driver",
                            "Driver",
                            List.of(
                                    finding("Kernel module", State.OK, "580.159.04", null),
                                    finding("NVML", State.BROKEN, "does not match", "Reboot.\nThen look again."))),
                    new DoctorSection(
                            "tools",
                            "Tools",
                            List.of(
                                    finding("DCGM", State.NOTE, "runs", null),
                                    finding("ipmitool", State.MISSING, "not here", "sudo apt install ipmitool")))),
            List.of(
                    new Capability("monitor", "monitor GPUs", false, "no driver", Optional.of("Install it.")),
                    new Capability("results", "write results", true, "results", Optional.empty())));

    private static Finding finding(String title, State state, String found, @Nullable String mend) {
        return new Finding("id", title, state, found, Optional.ofNullable(mend), Map.of());
    }

    private static String text(DoctorReport report, BiFunction<Style, String, String> styled) {
        return String.join("\n", new DoctorText(styled, 200).lines(report));
    }

    @Test
    void saysWhatWasFoundAndBelowItWhatMendsIt() {
        assertThat(text(REPORT, (style, text) -> text)).isEqualTo("""
                        Driver
                          ✓ Kernel module  580.159.04
                          ✗ NVML           does not match
                                           → Reboot.
                                           → Then look again.

                        Tools
                          ! DCGM      runs
                          – ipmitool  not here
                                      → sudo apt install ipmitool

                        What can be run here
                          – monitor GPUs   no driver
                                           → Install it.
                          ✓ write results  results

                        Not ready. No GPU can be measured here; see above what is missing.
                        To try it without a GPU: gpushare bench --simulate, gpushare mode show --simulate.""");
    }

    @Test
    void tellsAStepOnceHoweverMuchItMends() {
        Finding driver = finding("NVML", State.MISSING, "no driver", "Install it.");
        DoctorReport report = new DoctorReport(
                false,
                List.of(new DoctorSection("driver", "Driver", List.of(driver))),
                List.of(new Capability("monitor", "monitor GPUs", false, "no driver", driver.mend())));

        assertThat(text(report, (style, text) -> text))
                .containsOnlyOnce("→ Install it.")
                .contains("– monitor GPUs  no driver");
    }

    @Test
    void endsWithGoodNewsWhereThereAreSome() {
        DoctorReport ready = new DoctorReport(true, List.of(), List.of());
        assertThat(new DoctorText((style, text) -> text, 200).lines(ready))
                .containsExactly("What can be run here", "", "Ready. This machine can measure.");
    }

    @Test
    void stylesEachMarkByWhatItMeans() {
        String text = text(REPORT, (style, marked) -> "<" + style + " " + marked + ">");
        assertThat(text)
                .contains("<HEADING Driver>")
                .contains("<GOOD ✓> Kernel module  580")
                .contains("<BAD ✗> NVML")
                .contains("<ATTENTION !> DCGM")
                .contains("<SECONDARY –> ipmitool")
                .contains("<COMMAND → sudo apt install ipmitool>")
                .contains("<BAD Not ready.>");
    }
}
