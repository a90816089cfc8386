package io.gpushare.gpu;

import java.util.List;

/** A compute instance that nobody uses. */
public record FakeMigDevice(MigIdentity identity) implements MigDevice {

    /** As {@code 3g.71gb}: 60 SMs and 69.5 GiB. */
    public static FakeMigDevice of(String name, int gpuInstance, int computeInstance) {
        return new FakeMigDevice(new MigIdentity(
                "MIG-00000000-0000-0000-0000-0000000000" + gpuInstance + computeInstance,
                name,
                gpuInstance,
                computeInstance,
                Reading.of(60),
                Reading.of(74_624_008_192L),
                Reading.of(new MigPlacement(0, 4))));
    }

    @Override
    public Reading<MemoryUse> memory() {
        return identity.memoryTotalBytes().map(total -> new MemoryUse(total, 0, total, 0));
    }

    @Override
    public Reading<List<GpuProcess>> processes() {
        return Reading.of(List.of());
    }

    @Override
    public Reading<Gpm> gpm() {
        return Reading.absent(Absence.Kind.NOT_SUPPORTED);
    }
}
