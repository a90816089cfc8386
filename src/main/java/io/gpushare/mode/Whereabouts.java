package io.gpushare.mode;

/** On which GPUs elsewhere tenants are to be, as far as that is asked for. */
public sealed interface Whereabouts {

    /** Whatever they are given. */
    record Anywhere() implements Whereabouts {}

    /** All on one. */
    record SameGpu() implements Whereabouts {}

    /** As evenly over nodes and GPUs as their numbers allow. */
    record Spread() implements Whereabouts {}

    record OnNode(String name) implements Whereabouts {}

    /**
     * {@code any}, {@code same-gpu}, {@code spread} or {@code node=NAME}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static Whereabouts parse(String text) {
        return switch (text) {
            case "any" -> new Anywhere();
            case "same-gpu" -> new SameGpu();
            case "spread" -> new Spread();
            default -> {
                if (!text.matches("node=[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
                    throw new IllegalArgumentException(
                            "'" + text + "' is no placement. There are: any, same-gpu, spread, node=NAME.");
                }
                yield new OnNode(text.substring("node=".length()));
            }
        };
    }
}
