package io.gpushare.runtime.docker;

import java.util.List;
import java.util.OptionalInt;

/**
 * A container image that the engine has.
 *
 * @param name as the workload names it
 * @param id the digest of its configuration: the same on every machine that has this image
 * @param repositoryDigests by which registries know it; empty for one that was built here
 * @param user that its programs run as, in the notation of a Dockerfile; empty for root
 */
record LocalImage(String name, String id, List<String> repositoryDigests, String user) {
    private static final String NOBODY = "65532:65532";

    LocalImage {
        repositoryDigests = List.copyOf(repositoryDigests);
    }

    /** The image's own user, unless that is root. */
    String unprivilegedUser() {
        String name = user.split(":", 2)[0];
        return name.isBlank() || name.equals("root") || name.matches("0+") ? NOBODY : user;
    }

    /** Empty where the image names its user: only its own files tell the number. */
    OptionalInt unprivilegedUserId() {
        String name = unprivilegedUser().split(":", 2)[0];
        return name.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(name)) : OptionalInt.empty();
    }
}
