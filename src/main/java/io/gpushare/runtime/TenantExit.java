package io.gpushare.runtime;

/** How a tenant ended. */
public sealed interface TenantExit {

    record Exited(int code) implements TenantExit {}

    record Killed(int signal) implements TenantExit {}

    /** Ended by the kernel because it took more host memory than it may have. */
    record OutOfMemory() implements TenantExit {}

    /**
     * The runtime lost sight of it.
     *
     * @param reason as "the Docker engine went away"
     */
    record Lost(String reason) implements TenantExit {}

    default boolean successful() {
        return this instanceof Exited(int code) && code == 0;
    }

    /** As a part of a sentence: "exited with status 1". */
    default String words() {
        return switch (this) {
            case Exited(int code) -> "exited with status " + code;
            case Killed(int signal) -> "was killed by signal " + signal;
            case OutOfMemory() -> "was killed because it took more host memory than it may have";
            case Lost(String reason) -> "was lost: " + reason;
        };
    }
}
