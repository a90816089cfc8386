package io.gpushare.runtime.docker.engine;

import io.gpushare.runtime.docker.engine.EngineProblem.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;

/** What can go wrong with one address, in words that say what to do. */
final class EngineFailures {
    private static final String CORRECT = "Correct DOCKER_HOST, or unset it.";

    private EngineFailures() {}

    /** The platform tells permission, absence and refusal apart by its words only. */
    static EngineUnusableException notReached(EngineCandidate candidate, IOException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("Permission denied")) {
            return new EngineUnusableException(
                    Kind.PERMISSION_DENIED,
                    "this user may not use the container engine at " + named(candidate),
                    "sudo usermod -aG docker $USER and log in again, or run gpushare with sudo");
        }
        if (words.contains("No such file")) {
            return new EngineUnusableException(
                    Kind.SOCKET_MISSING, "there is no socket at " + named(candidate), start(candidate));
        }
        if (failure instanceof ConnectException) {
            return new EngineUnusableException(
                    Kind.REFUSED,
                    "nobody listens at " + named(candidate) + ": the engine has ended",
                    namedByHand(candidate) ? CORRECT : "sudo systemctl restart docker");
        }
        return new EngineUnusableException(
                Kind.NO_ANSWER,
                "the container engine at " + named(candidate) + " cannot be reached: " + words,
                start(candidate));
    }

    static EngineUnusableException noAnswer(EngineCandidate candidate, Duration patience) {
        return new EngineUnusableException(
                Kind.NO_ANSWER,
                "the container engine at %s did not answer within %s s"
                        .formatted(named(candidate), patience.toMillis() / 1000.0),
                "sudo systemctl restart docker");
    }

    static EngineUnusableException notAnEngine(EngineCandidate candidate, String why) {
        return new EngineUnusableException(
                Kind.NOT_AN_ENGINE,
                "what listens at " + named(candidate) + " is no container engine: " + why,
                "Set DOCKER_HOST to the socket of the engine.");
    }

    static EngineUnusableException versionUnsupported(EngineCandidate candidate, String version, ApiVersion oldest) {
        return new EngineUnusableException(
                Kind.API_VERSION_UNSUPPORTED,
                "the container engine %s at %s speaks API %s and newer, gpushare up to %s"
                        .formatted(version, named(candidate), oldest, ApiVersion.NEWEST_SPOKEN),
                "Start the engine with DOCKER_MIN_API_VERSION=" + ApiVersion.NEWEST_SPOKEN
                        + ", or use a newer gpushare.");
    }

    static EngineUnusableException addressUnsupported(EngineCandidate candidate) {
        return new EngineUnusableException(
                Kind.ADDRESS_UNSUPPORTED,
                "gpushare cannot use the container engine at " + named(candidate)
                        + ": it needs the engine of the machine with the GPU, over a Unix socket or plain TCP",
                "Run gpushare on that machine, with DOCKER_HOST=unix:///var/run/docker.sock");
    }

    private static String start(EngineCandidate candidate) {
        return namedByHand(candidate) ? CORRECT : "sudo systemctl start docker";
    }

    private static boolean namedByHand(EngineCandidate candidate) {
        return candidate.origin().equals("DOCKER_HOST");
    }

    private static String named(EngineCandidate candidate) {
        return candidate.address() + " (" + candidate.origin() + ")";
    }
}
