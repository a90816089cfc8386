package io.gpushare.mode;

import java.nio.file.Path;

/** Whose MPS daemon tenants connect to. */
public sealed interface MpsDaemonChoice {

    /** One of our own, with a private pipe directory; it ends with the mode. */
    record Own() implements MpsDaemonChoice {}

    /** One that is there: it is used as it is, and neither changed nor ended. */
    record Existing(Path pipeDirectory) implements MpsDaemonChoice {}
}
