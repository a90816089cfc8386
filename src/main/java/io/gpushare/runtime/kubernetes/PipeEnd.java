package io.gpushare.runtime.kubernetes;

/** How the pipes of a program in a pod came to their end. */
sealed interface PipeEnd {
    /** With an exit status, as a shell tells it: above 128 a signal ended the program. */
    record Exited(int status) implements PipeEnd {}

    /** @param reason in the kubelet's words, or the connection's */
    record Broken(String reason) implements PipeEnd {}
}
