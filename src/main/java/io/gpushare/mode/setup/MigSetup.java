package io.gpushare.mode.setup;

import java.util.Comparator;
import java.util.List;

/** Whether and how a GPU is divided. */
public sealed interface MigSetup {

    /** @param why this card has no MIG, or nobody can tell */
    record Unsupported(String why) implements MigSetup {}

    /** @param pending whether it will be on after a reset */
    record Off(boolean pending) implements MigSetup {}

    /**
     * @param pending whether it will be off after a reset
     * @param instances ordered by their place
     */
    record On(boolean pending, List<GpuInstance> instances) implements MigSetup {
        public On {
            instances = instances.stream()
                    .sorted(Comparator.comparingInt(
                            instance -> instance.placement().start()))
                    .toList();
        }
    }

    default boolean on() {
        return this instanceof On;
    }

    /** None where it is not divided. */
    default List<GpuInstance> instances() {
        return switch (this) {
            case Unsupported _, Off _ -> List.of();
            case On(boolean _, List<GpuInstance> found) -> found;
        };
    }

    default String words() {
        return switch (this) {
            case Unsupported _ -> "without MIG";
            case Off(boolean pending) -> pending ? "MIG off, on after a reset" : "MIG off";
            case On(boolean pending, List<GpuInstance> found) ->
                "MIG on" + (pending ? ", off after a reset" : "")
                        + (found.isEmpty()
                                ? ", nothing created"
                                : ": "
                                        + String.join(
                                                ", ",
                                                found.stream()
                                                        .map(GpuInstance::words)
                                                        .toList()));
        };
    }
}
