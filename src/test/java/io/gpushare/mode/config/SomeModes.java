package io.gpushare.mode.config;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Modes of all kinds, with everything that can be said of each. */
public final class SomeModes {
    private static final MpsSettings ALL_OF_MPS =
            new MpsSettings(OptionalInt.of(100), OptionalLong.of(1_500_000_000), Optional.of(MpsPriority.NORMAL));

    private SomeModes() {}

    public static List<SharingMode> all() {
        List<SharingMode> modes = new ArrayList<>(List.of(
                new SharingMode.Exclusive(),
                SharingMode.timeSlicing(),
                SharingMode.mps(),
                new SharingMode.Mps(ALL_OF_MPS, new MpsDaemonChoice.Own(), true),
                new SharingMode.Mps(
                        new MpsSettings(OptionalInt.empty(), OptionalLong.empty(), Optional.of(MpsPriority.LOW)),
                        new MpsDaemonChoice.Existing(Path.of("/run/my mps: here")),
                        false),
                SharingMode.mig(new MigLayout.Balanced()),
                new SharingMode.Mig(new MigLayout.Balanced(), Optional.of(MpsSettings.NONE)),
                new SharingMode.Mig(MigLayoutText.parse(List.of("3g.71gb:2")), Optional.of(ALL_OF_MPS)),
                SharingMode.mig(MigLayoutText.parse(List.of("1g.18gb"))),
                SharingMode.mig(MigLayoutText.parse(List.of("3g.71gb/1c+2c", "1g.18gb+me", "1g.18gb:2")))));
        for (Quantum quantum : Quantum.values()) {
            modes.add(new SharingMode.TimeSlicing(Optional.of(quantum)));
        }
        return modes;
    }
}
