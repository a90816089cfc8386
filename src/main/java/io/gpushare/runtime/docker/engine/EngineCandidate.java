package io.gpushare.runtime.docker.engine;

import io.gpushare.runtime.docker.engine.EngineProblem.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;

/**
 * An address to try, and what can go wrong with it, in words that say what to do.
 *
 * @param origin who named the address, as in "DOCKER_HOST" or "Docker context 'lab'"
 */
record EngineCandidate(EngineAddress address, String origin) {
    private static final String CORRECT = "Correct DOCKER_HOST, or unset it.";

    /** The platform tells permission, absence and refusal apart by its words only. */
    EngineUnusableException notReached(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        if (words.contains("Permission denied")) {
            return new EngineUnusableException(
                    Kind.PERMISSION_DENIED,
                    "this user may not use the container engine at " + named(),
                    "sudo usermod -aG docker $USER and log in again, or run gpushare with sudo");
        }
        if (words.contains("No such file")) {
            return new EngineUnusableException(Kind.SOCKET_MISSING, "there is no socket at " + named(), start());
        }
        if (failure instanceof ConnectException) {
            return new EngineUnusableException(
                    Kind.REFUSED,
                    "nobody listens at " + named() + ": the engine has ended",
                    namedByHand() ? CORRECT : "sudo systemctl restart docker");
        }
        return new EngineUnusableException(
                Kind.NO_ANSWER, "the container engine at " + named() + " cannot be reached: " + words, start());
    }

    EngineUnusableException noAnswer(Duration patience) {
        return new EngineUnusableException(
                Kind.NO_ANSWER,
                "the container engine at %s did not answer within %s s"
                        .formatted(named(), patience.toMillis() / 1000.0),
                "sudo systemctl restart docker");
    }

    EngineUnusableException notAnEngine(String why) {
        return new EngineUnusableException(
                Kind.NOT_AN_ENGINE,
                "what listens at " + named() + " is no container engine: " + why,
                "Set DOCKER_HOST to the socket of the engine.");
    }

    EngineUnusableException versionUnsupported(String version, ApiVersion oldest) {
        return new EngineUnusableException(
                Kind.API_VERSION_UNSUPPORTED,
                "the container engine %s at %s speaks API %s and newer, gpushare up to %s"
                        .formatted(version, named(), oldest, ApiVersion.NEWEST_SPOKEN),
                "Start the engine with DOCKER_MIN_API_VERSION=" + ApiVersion.NEWEST_SPOKEN
                        + ", or use a newer gpushare.");
    }

    EngineUnusableException addressUnsupported() {
        return new EngineUnusableException(
                Kind.ADDRESS_UNSUPPORTED,
                "gpushare cannot use the container engine at " + named()
                        + ": it needs the engine of the machine with the GPU, over a Unix socket or plain TCP",
                "Run gpushare on that machine, with DOCKER_HOST=unix:///var/run/docker.sock");
    }

    private String start() {
        return namedByHand() ? CORRECT : "sudo systemctl start docker";
    }

    private boolean namedByHand() {
        return origin.equals("DOCKER_HOST");
    }

    private String named() {
        return address + " (" + origin + ")";
    }
}
