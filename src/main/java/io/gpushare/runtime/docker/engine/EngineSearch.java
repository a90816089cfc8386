package io.gpushare.runtime.docker.engine;

import io.gpushare.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the container engine of this machine and asks it what it is. */
public final class EngineSearch {
    /** For all sockets together, so that dead ones cannot hold a user up. */
    public static final Duration PATIENCE = Duration.ofMillis(1500);

    private final EngineCandidates candidates;
    private final Duration patience;

    /**
     * @param home where {@code .docker} lies
     * @param root what the absolute paths of default sockets are resolved against: {@code /} but in tests
     */
    public EngineSearch(Map<String, String> environment, Path home, Path root) {
        this(environment, home, root, PATIENCE);
    }

    EngineSearch(Map<String, String> environment, Path home, Path root, Duration patience) {
        this.candidates = new EngineCandidates(environment, home, root);
        this.patience = patience;
    }

    /** The first engine that answers, or what is wrong with the first socket that is there. */
    public EngineAnswer find() {
        long deadline = Time.real().nanos() + patience.toNanos();
        try {
            return firstThatAnswers(candidates.list(), deadline);
        } catch (EngineUnusableException e) {
            return new EngineAnswer.Unusable(e.problem());
        }
    }

    private EngineAnswer firstThatAnswers(List<EngineCandidate> list, long deadline) throws EngineUnusableException {
        Optional<EngineUnusableException> firstProblem = Optional.empty();
        for (EngineCandidate candidate : list) {
            if (list.size() > 1 && isMissing(candidate.address())) {
                continue;
            }
            try {
                return new EngineAnswer.Found(new EngineQuestions(candidate, patience, deadline).ask());
            } catch (EngineUnusableException e) {
                firstProblem = firstProblem.or(() -> Optional.of(e));
            }
        }
        throw firstProblem.orElseGet(() -> new EngineUnusableException(
                EngineProblem.Kind.SOCKET_MISSING,
                "no container engine runs here: there is no socket at "
                        + list.getFirst().address(),
                "sudo apt-get install docker.io, or start it with: sudo systemctl start docker"));
    }

    private static boolean isMissing(EngineAddress address) {
        return switch (address) {
            case EngineAddress.UnixSocket(Path path) -> Files.notExists(path);
            case EngineAddress.Tcp tcp -> false;
            case EngineAddress.Unsupported unsupported -> false;
        };
    }
}
