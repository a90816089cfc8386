package io.gpushare.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** As whom this program runs, and whatever it starts. */
public final class CurrentUser {
    private CurrentUser() {}

    /** Empty where the system does not tell. */
    public static OptionalInt id() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer id
                    ? OptionalInt.of(id)
                    : OptionalInt.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return OptionalInt.empty();
        }
    }

    public static boolean isRoot() {
        return id().equals(OptionalInt.of(0));
    }
}
