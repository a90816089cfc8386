package io.gpushare.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.text.Numbers;
import io.gpushare.yaml.YamlProperties;
import java.util.Optional;

/**
 * A tenant that somebody else runs already, and that is only watched: the neighbour that one may not start or stop.
 *
 * @param name in tables and sentences; empty for its own
 */
public record AttachedTenant(Target target, Optional<String> name) {
    /** Of an entry of a plan's tenants: it has this, and no workload. */
    static final String PROPERTY = "attach";

    private static final String CONTAINER = "container:";
    private static final String NAME = "name";

    /** Which program it is. */
    public sealed interface Target {
        /** With all that it started. */
        record OneProcess(int pid) implements Target {}

        /** @param name or id, as the engine knows it */
        record OneContainer(String name) implements Target {}
    }

    /**
     * @param target as {@code 1234} or {@code container:trainer}
     * @throws IllegalArgumentException with a sentence
     */
    public static AttachedTenant parse(String target) {
        return new AttachedTenant(target(target), Optional.empty());
    }

    private static Target target(String text) {
        if (text.startsWith(CONTAINER)) {
            String name = text.substring(CONTAINER.length());
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
                throw new IllegalArgumentException("'" + name + "' is no name or id of a container");
            }
            return new Target.OneContainer(name);
        }
        if (!text.matches("-?[0-9]+")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no process; write its number, as 1234, or container:NAME");
        }
        return new Target.OneProcess((int) Numbers.within(text, 1, Integer.MAX_VALUE));
    }

    static AttachedTenant read(YamlProperties tenant) {
        return new AttachedTenant(tenant.parsed(PROPERTY, AttachedTenant::target), tenant.optionalText(NAME));
    }

    void put(ObjectNode node) {
        name.ifPresent(own -> node.put(NAME, own));
        switch (target) {
            case Target.OneProcess(int pid) -> node.put(PROPERTY, pid);
            case Target.OneContainer _ -> node.put(PROPERTY, targetText());
        }
    }

    /** Whether an entry of a recorded plan's tenants is one of these. */
    static boolean isIn(JsonNode tenant) {
        return tenant.has(PROPERTY);
    }

    /** @throws IllegalArgumentException with a sentence, for what this version does not know */
    static AttachedTenant recorded(JsonNode tenant) {
        JsonNode name = tenant.path(NAME);
        return new AttachedTenant(
                target(tenant.path(PROPERTY).asText()),
                name.isTextual() ? Optional.of(name.textValue()) : Optional.empty());
    }

    /** As it is written: {@code 1234} or {@code container:trainer}. */
    public String targetText() {
        return switch (target) {
            case Target.OneProcess(int pid) -> Integer.toString(pid);
            case Target.OneContainer(String container) -> CONTAINER + container;
        };
    }

    /** As a part of a sentence: {@code process 1234}. */
    public String targetWords() {
        return switch (target) {
            case Target.OneProcess(int pid) -> "process " + pid;
            case Target.OneContainer(String container) -> "container " + container;
        };
    }
}
