package io.gpushare.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpellingTest {
    @Test
    void countsInsertionsRemovalsReplacementsAndSwaps() {
        assertThat(Spelling.distance("monitor", "monitor")).isZero();
        assertThat(Spelling.distance("montor", "monitor")).isEqualTo(1);
        assertThat(Spelling.distance("moonitor", "monitor")).isEqualTo(1);
        assertThat(Spelling.distance("monitar", "monitor")).isEqualTo(1);
        assertThat(Spelling.distance("mointor", "monitor")).isEqualTo(1);
        assertThat(Spelling.distance("", "gpus")).isEqualTo(4);
        assertThat(Spelling.distance("gpus", "")).isEqualTo(4);
        assertThat(Spelling.distance("", "")).isZero();
    }

    @Test
    void agreesWithItsDefinitionOnRandomWords() {
        Random random = new Random(20_261_120);
        for (int round = 0; round < 400; round++) {
            String left = word(random);
            String right = word(random);
            int distance = Spelling.distance(left, right);
            assertThat(distance).as("%s and %s", left, right).isEqualTo(byDefinition(left, right));
            assertThat(Spelling.distance(right, left)).isEqualTo(distance);
            assertThat(distance == 0).isEqualTo(left.equals(right));
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int byDefinition(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.length() + right.length();
        }
        String restOfLeft = left.substring(1);
        String restOfRight = right.substring(1);
        int best = byDefinition(restOfLeft, restOfRight) + (left.charAt(0) == right.charAt(0) ? 0 : 1);
        best = Math.min(best, byDefinition(restOfLeft, right) + 1);
        best = Math.min(best, byDefinition(left, restOfRight) + 1);
        boolean swapped = left.length() > 1
                && right.length() > 1
                && left.charAt(0) == right.charAt(1)
                && left.charAt(1) == right.charAt(0);
        return swapped ? Math.min(best, byDefinition(left.substring(2), right.substring(2)) + 1) : best;
    }
}
