package io.gpushare.mode;

import java.util.Optional;

/** How tenants share a GPU. */
public sealed interface SharingMode {

    /** One after another: what sharing is compared with. */
    record Exclusive() implements SharingMode {}

    /**
     * Processes take turns, as the driver does unless told otherwise.
     *
     * @param quantum empty to leave it as it is found
     */
    record TimeSlicing(Optional<Quantum> quantum) implements SharingMode {}

    /**
     * Kernels of several processes run side by side, through NVIDIA's Multi-Process Service.
     *
     * @param settings of every tenant, unless a tenant has its own
     * @param daemon whose
     * @param exclusiveProcess whether the compute mode keeps everybody off the GPU but the MPS server
     */
    record Mps(MpsSettings settings, MpsDaemonChoice daemon, boolean exclusiveProcess) implements SharingMode {}

    /**
     * The GPU is divided.
     *
     * @param mps where tenants of one instance share it through MPS
     */
    record Mig(MigLayout layout, Optional<MpsSettings> mps) implements SharingMode {}

    static TimeSlicing timeSlicing() {
        return new TimeSlicing(Optional.empty());
    }

    static Mps mps() {
        return new Mps(MpsSettings.NONE, new MpsDaemonChoice.Own(), false);
    }

    static Mig mig(MigLayout layout) {
        return new Mig(layout, Optional.empty());
    }

    default ModeKind kind() {
        return switch (this) {
            case Exclusive() -> ModeKind.EXCLUSIVE;
            case TimeSlicing _ -> ModeKind.TIME_SLICING;
            case Mps _ -> ModeKind.MPS;
            case Mig _ -> ModeKind.MIG;
        };
    }

    /** Whether tenants run at the same time. */
    default boolean concurrent() {
        return kind().concurrent();
    }

    /** What every tenant may use of MPS; empty where this mode has no MPS. */
    default Optional<MpsSettings> mpsSettings() {
        return switch (this) {
            case Exclusive() -> Optional.empty();
            case TimeSlicing _ -> Optional.empty();
            case Mps(MpsSettings settings, MpsDaemonChoice _, boolean _) -> Optional.of(settings);
            case Mig(MigLayout _, Optional<MpsSettings> settings) -> settings;
        };
    }
}
