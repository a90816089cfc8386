package io.gpushare.cores;

/** Whether each tenant gets cores of its own, and how many. */
public sealed interface Pin {
    /** What is meant when nobody says anything. */
    Pin DEFAULT = new Auto();

    /** As many as there are, up to what a tenant usually has a use for. */
    record Auto() implements Pin {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** The kernel places all. */
    record None() implements Pin {
        @Override
        public String toString() {
            return "none";
        }
    }

    record Cores(int perTenant) implements Pin {
        @Override
        public String toString() {
            return Integer.toString(perTenant);
        }
    }

    /** @throws IllegalArgumentException with a sentence */
    static Pin parse(String text) {
        return switch (text) {
            case "auto" -> new Auto();
            case "none" -> new None();
            default -> {
                if (!text.matches("[1-9]\\d{0,3}")) {
                    throw new IllegalArgumentException(
                            "'" + text + "' must be auto, none, or a number of cores from 1 to 9999");
                }
                yield new Cores(Integer.parseInt(text));
            }
        };
    }
}
