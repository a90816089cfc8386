package io.gpushare.cli.bench;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import java.util.ArrayList;
import java.util.List;

/** A mode as it was planned, in short words: {@code MPS (25 %, 8GiB)}. */
public final class PlannedMode {
    private PlannedMode() {}

    public static String words(SharingMode mode) {
        List<String> settings = new ArrayList<>();
        switch (mode) {
            case SharingMode.Exclusive() -> {}
            case SharingMode.TimeSlicing(var quantum) -> quantum.ifPresent(length -> settings.add(length.text()));
            case SharingMode.Mps(MpsSettings ofAll, var _, boolean exclusiveProcess) -> {
                settings.addAll(ofAll.words());
                if (exclusiveProcess) {
                    settings.add("exclusive process");
                }
            }
            case SharingMode.Mig(MigLayout layout, var mps) -> {
                if (!(layout instanceof MigLayout.Balanced)) {
                    settings.addAll(MigLayoutText.write(layout));
                }
                mps.ifPresent(ofAll -> {
                    settings.add(ModeKind.MPS.title());
                    settings.addAll(ofAll.words());
                });
            }
        }
        return mode.kind().title() + (settings.isEmpty() ? "" : " (" + String.join(", ", settings) + ")");
    }
}
