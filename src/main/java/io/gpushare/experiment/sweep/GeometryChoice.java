package io.gpushare.experiment.sweep;

import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.mig.MigGeometry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which divisions of a GPU a sweep goes through. They are found from what the GPU offers. */
public enum GeometryChoice {
    ALL("all"),
    GPU_INSTANCES("gpu-instances"),
    COMPUTE_INSTANCES("compute-instances");

    private final String word;

    GeometryChoice(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static GeometryChoice parse(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.word.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of "
                        + Arrays.stream(values()).map(GeometryChoice::word).collect(Collectors.joining(", "))));
    }

    List<MigGeometry> of(List<MigProfile> offer) {
        return switch (this) {
            case ALL -> MigGeometry.all(offer);
            case GPU_INSTANCES -> MigGeometry.gpuInstances(offer);
            case COMPUTE_INSTANCES -> MigGeometry.computeInstances(offer);
        };
    }
}
