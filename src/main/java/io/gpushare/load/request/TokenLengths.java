package io.gpushare.load.request;

import io.gpushare.file.RegularFile;
import io.gpushare.text.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long prompts and answers are. */
public sealed interface TokenLengths {

    /** In tokens. */
    record Pair(int prompt, int output) {}

    /** Each drawn for itself. */
    record Drawn(TokenCount prompt, TokenCount output) implements TokenLengths {}

    /** Pairs that belong together, in turn. */
    record Listed(List<Pair> pairs) implements TokenLengths {
        public Listed {
            pairs = List.copyOf(pairs);
        }
    }

    default Pair of(long number, RandomGenerator random) {
        return switch (this) {
            case Drawn(TokenCount prompt, TokenCount output) -> new Pair(prompt.draw(random), output.draw(random));
            case Listed(List<Pair> pairs) -> pairs.get((int) (number % pairs.size()));
        };
    }

    /**
     * Reads pairs, one a line: tokens of the prompt and of the answer, with a comma or blanks between.
     *
     * @throws IllegalArgumentException with a sentence about the file
     */
    static Listed read(Path file) {
        List<Pair> pairs = new ArrayList<>();
        int number = 0;
        try {
            for (String line : RegularFile.readText(file, 16 << 20).lines().toList()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    pairs.add(pair(line.strip()));
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": " + RegularFile.reason(unreadable), unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ", line " + number + ": " + wrong.getMessage(), wrong);
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no pair of lengths");
        }
        return new Listed(pairs);
    }

    private static Pair pair(String line) {
        String[] words = line.split("[\\s,]+", -1);
        if (words.length != 2) {
            throw new IllegalArgumentException("'" + line + "' is no pair, as 512,128");
        }
        return new Pair(
                (int) Numbers.within(words[0], 1, TokenCount.MOST), (int) Numbers.within(words[1], 1, TokenCount.MOST));
    }
}
