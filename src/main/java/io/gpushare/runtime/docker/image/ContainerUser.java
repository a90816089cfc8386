package io.gpushare.runtime.docker.image;

import io.gpushare.runtime.docker.engine.EngineCallException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * As whom a tenant's container runs: never as root, and always by a number, so that nobody looks up another one.
 *
 * @param group by number or name; the engine finds the user's own where there is none
 */
public record ContainerUser(int id, Optional<String> group) {
    static final ContainerUser NOBODY = new ContainerUser(65532, Optional.of("65532"));

    /** The user IDs of an image's own users. */
    interface Names {
        /** Empty for a name that the image does not know. */
        OptionalInt find(String name) throws EngineCallException, InterruptedException;
    }

    /**
     * The image's own user, unless that is root or cannot be told.
     *
     * @param wanted in the notation of a Dockerfile
     */
    static ContainerUser of(String wanted, Names names) throws EngineCallException, InterruptedException {
        String[] parts = wanted.split(":", 2);
        Optional<String> group =
                parts.length == 2 && !parts[1].isBlank() ? Optional.of(parts[1].strip()) : Optional.empty();
        String name = parts[0].strip();
        // As engines read numbers, +0 and 00 are root, too.
        OptionalInt id = name.isEmpty() || name.matches("[+-]?[0-9]+") ? number(name) : names.find(name);
        return id.isPresent() && id.getAsInt() > 0 ? new ContainerUser(id.getAsInt(), group) : NOBODY;
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException none) {
            return OptionalInt.empty();
        }
    }

    /** @param passwd the content of an image's {@code /etc/passwd} */
    static OptionalInt idOf(String name, String passwd) {
        return passwd.lines()
                .map(line -> line.strip().split(":", -1))
                .filter(fields -> fields.length > 2 && fields[0].equals(name))
                .findFirst()
                .map(fields -> number(fields[2]))
                .orElse(OptionalInt.empty());
    }

    /** As the engine takes it. */
    public String text() {
        return id + group.map(name -> ":" + name).orElse("");
    }
}
