package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import java.util.List;

/** One compute instance of a MIG GPU: what a CUDA process can be given. */
public interface MigDevice {
    MigIdentity identity();

    Reading<MemoryUse> memory();

    Reading<List<GpuProcess>> processes();

    /** GPM of the GPU instance. The caller closes it. */
    Reading<Gpm> gpm();
}
