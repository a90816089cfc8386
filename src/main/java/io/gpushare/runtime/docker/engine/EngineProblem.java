package io.gpushare.runtime.docker.engine;

import java.util.Optional;

/**
 * Why no engine can be used.
 *
 * @param sentence what failed, at which address
 * @param advice the command or step that mends it
 */
public record EngineProblem(Kind kind, String sentence, Optional<String> advice) {
    public enum Kind {
        SOCKET_MISSING,
        PERMISSION_DENIED,
        REFUSED,
        NO_ANSWER,
        NOT_AN_ENGINE,
        API_VERSION_UNSUPPORTED,
        ADDRESS_UNSUPPORTED,
        CONTEXT_UNREADABLE
    }

    public static EngineProblem of(Kind kind, String sentence, String advice) {
        return new EngineProblem(kind, sentence, Optional.of(advice));
    }
}
