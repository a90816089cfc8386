package io.gpushare.runtime.docker.image;

import io.gpushare.failure.GpushareException;
import io.gpushare.workload.Workload;
import java.util.Map;
import java.util.Optional;

/**
 * The workload that an image was built from, as its labels say.
 *
 * @param digest of the workload's files
 */
public record BuiltFrom(String workload, String digest) {

    /** Empty for an image that {@code workloads build} did not make. */
    static Optional<BuiltFrom> of(Map<String, String> labels) {
        String digest = labels.getOrDefault(ContainerLabels.DIGEST, "");
        return digest.isEmpty()
                ? Optional.empty()
                : Optional.of(new BuiltFrom(labels.getOrDefault(ContainerLabels.WORKLOAD, ""), digest));
    }

    Map<String, String> labels() {
        return Map.of(ContainerLabels.WORKLOAD, workload, ContainerLabels.DIGEST, digest);
    }

    /** @throws GpushareException when another program would run than the result would name */
    public void require(Workload wanted, String image) {
        if (!workload.equals(wanted.name())) {
            throw GpushareException.unable(
                    "the image %s was built from the workload %s, and the workload %s names it too"
                            .formatted(image, workload, wanted.name()),
                    "Give each an image of its own, by `image:` in its workload.yaml, and build it with:"
                            + " gpushare workloads build " + wanted.name());
        }
        if (!digest.equals(wanted.digest())) {
            throw GpushareException.unable(
                    "the image %s is older than the files of the workload %s: it was built from others"
                            .formatted(image, wanted.name()),
                    "Build it again with: gpushare workloads build " + wanted.name());
        }
    }
}
