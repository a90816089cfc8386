package io.gpushare.mode.proof;

import io.gpushare.mode.setup.GpuControl.DaemonState;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the MPS daemons said at one moment.
 *
 * @param elapsedS since the first look
 */
public record DaemonLook(double elapsedS, Map<Path, DaemonState> daemons) {
    public DaemonLook {
        daemons = Map.copyOf(daemons);
    }
}
