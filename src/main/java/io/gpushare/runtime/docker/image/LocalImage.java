package io.gpushare.runtime.docker.image;

import java.util.List;
import java.util.Optional;

/**
 * A container image that the engine has.
 *
 * @param name as the workload names it
 * @param id the digest of its configuration: the same on every machine that has this image
 * @param repositoryDigests by which registries know it; empty for one that was built here
 * @param user that its programs run as
 * @param builtFrom empty where nobody says what is in it
 */
public record LocalImage(
        String name, String id, List<String> repositoryDigests, ContainerUser user, Optional<BuiltFrom> builtFrom) {
    public LocalImage {
        repositoryDigests = List.copyOf(repositoryDigests);
    }
}
