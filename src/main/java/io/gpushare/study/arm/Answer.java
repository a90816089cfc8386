package io.gpushare.study.arm;

import io.gpushare.study.metric.Confidence;
import java.util.Optional;

/**
 * A sentence that was derived from the numbers.
 *
 * @param text with numbers, n and what they are compared with
 * @param command what would settle an open question, or the next thing to do; ready to run
 */
public record Answer(Topic topic, Confidence confidence, String text, Optional<String> command) {

    public Answer(Topic topic, Confidence confidence, String text) {
        this(topic, confidence, text, Optional.empty());
    }

    /** In the order in which a report gives them. */
    public enum Topic {
        RECOMMENDATION("Recommendation"),
        LAYER("Cost of a layer"),
        LIMITS("What limits do"),
        THROUGHPUT("Most work"),
        LATENCY("Shortest tail"),
        FAIRNESS("Fairest"),
        ENERGY("Least energy"),
        COST("Lowest cost"),
        SLO("Latency bounds"),
        SCALING("More tenants"),
        SWITCHING("Cost of a switch"),
        POWER("Highest power"),
        SLICES("Slices"),
        ISOLATION("Price of isolation"),
        CONSOLIDATION("GPUs saved"),
        CARDS("Cards compared"),
        NEIGHBOURS("Other cards of the host"),
        OPEN("Open questions");

        private final String words;

        Topic(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
