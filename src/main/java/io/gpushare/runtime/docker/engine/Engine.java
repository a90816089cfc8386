package io.gpushare.runtime.docker.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container engine that answers.
 *
 * @param origin who named its address
 * @param apiVersion the one to speak: the newest that both sides know
 * @param cdiSpecDirectories where it looks for CDI specifications: an empty list where CDI is switched off, nothing
 *     where it does not say
 */
public record Engine(
        EngineAddress address,
        String origin,
        EngineKind kind,
        String version,
        ApiVersion apiVersion,
        Set<String> runtimes,
        Optional<List<Path>> cdiSpecDirectories,
        boolean rootless,
        String storageDriver,
        String cgroupVersion,
        String dataRoot) {

    public Engine {
        runtimes = Set.copyOf(runtimes);
        cdiSpecDirectories = cdiSpecDirectories.map(List::copyOf);
    }

    @Override
    public String toString() {
        return kind.words() + " " + version;
    }
}
