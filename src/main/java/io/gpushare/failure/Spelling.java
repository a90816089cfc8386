package io.gpushare.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody may have meant who mistyped a name. */
public final class Spelling {
    private static final int MOST = 2;

    private Spelling() {}

    /** The best first; none where nothing is near. */
    public static List<String> near(String typed, Collection<String> names) {
        int tolerated = Math.max(1, typed.length() / 3);
        return names.stream()
                .filter(name -> distance(typed, name) <= tolerated || (typed.length() > 2 && name.startsWith(typed)))
                .sorted(Comparator.comparingInt(name -> distance(typed, name)))
                .limit(MOST)
                .toList();
    }

    /** A sentence with a blank behind it, as in "Did you mean monitor or monitors? "; empty where nothing is near. */
    public static String suggestion(String typed, Collection<String> names) {
        List<String> near = near(typed, names);
        return near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ";
    }

    /** What to do about a name that there is none of: what was meant, or else all names that there are. */
    public static String advice(String typed, Collection<String> names) {
        String suggestion = suggestion(typed, names).strip();
        return suggestion.isEmpty() ? "There are: " + String.join(", ", names) + "." : suggestion;
    }

    /** Levenshtein's, in which swapping two neighbours also counts as one mistake (optimal string alignment). */
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                int replaced = cost[i - 1][j - 1] + (same ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[left.length()][right.length()];
    }
}
