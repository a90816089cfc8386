package io.gpushare.sim.model;

import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import java.util.List;

/**
 * A card that can be simulated.
 *
 * @param pciId of the card that it stands for
 * @param tensorTflops bf16, dense
 * @param hotC its temperature at the power limit, in the long run
 * @param counters whether it has GPM
 * @param mig largest first; empty for a card without MIG
 */
public record GpuProfile(
        String title,
        String pciId,
        String computeCapability,
        int sms,
        int coresPerSm,
        int clockMhz,
        int memoryClockMhz,
        int videoClockMhz,
        double bandwidthGbPerS,
        double tensorTflops,
        long memoryMib,
        long reservedMib,
        double idleW,
        double limitW,
        double idleC,
        double hotC,
        boolean counters,
        List<MigSize> mig) {
    public GpuProfile {
        mig = List.copyOf(mig);
    }

    /**
     * @param slices of memory, of the 8 that there are
     * @param starts first slices where it can be placed
     */
    public record MigSize(
            String name, int id, int instances, int sms, long memoryMib, int slices, List<Integer> starts) {
        public MigSize {
            starts = List.copyOf(starts);
        }

        MigProfile profile() {
            List<MigPlacement> placements = starts.stream()
                    .map(start -> new MigPlacement(start, slices))
                    .toList();
            return new MigProfile(id, name, instances, sms, memoryBytes(), placements);
        }

        public double bandwidthShare() {
            return slices / 8.0;
        }

        public long memoryBytes() {
            return memoryMib << 20;
        }
    }

    /** A card of the same kind whose clocks are lower, and which takes less power for that. */
    public GpuProfile slower(double speed) {
        return new GpuProfile(
                title,
                pciId,
                computeCapability,
                sms,
                coresPerSm,
                (int) Math.round(clockMhz * speed),
                (int) Math.round(memoryClockMhz * speed),
                videoClockMhz,
                bandwidthGbPerS * speed,
                tensorTflops * speed,
                memoryMib,
                reservedMib,
                idleW,
                idleW + (limitW - idleW) * speed,
                idleC,
                hotC,
                counters,
                mig);
    }

    /** As the driver of an undivided card tells it. */
    public List<MigProfile> migProfiles() {
        return mig.stream().map(MigSize::profile).toList();
    }

    public long memoryBytes() {
        return memoryMib << 20;
    }

    public long reservedBytes() {
        return reservedMib << 20;
    }
}
