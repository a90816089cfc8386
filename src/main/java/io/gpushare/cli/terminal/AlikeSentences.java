package io.gpushare.cli.terminal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sentences that say the same of several tenants, said once: "Each of tenants 0–3 (spin) finished only 4 to 6 steps".
 */
public final class AlikeSentences {
    private static final Pattern OF_A_TENANT = Pattern.compile(
            "(?<label>.*?)Tenant (?<number>\\d+) \\((?<workload>[^()]*)\\) (?<rest>.*?)"
                    + "(?: Its output is in (?<log>.+)\\.)?",
            Pattern.DOTALL);
    /** Standing alone: not the one in "p99", "tenant-4.log" or "H200". */
    private static final Pattern NUMBER =
            Pattern.compile("\\bcores? (?<cores>\\d+(?:, \\d+)*)|(?<![\\w.-])\\d+(?:\\.\\d+)?(?![\\w])");

    private static final int MOST_WORKLOADS = 3;
    private static final int SHORTEST_RANGE = 3;

    private AlikeSentences() {}

    private record Said(String whole, String label, int tenant, String workload, String rest, String log) {
        static Said of(String sentence) {
            Matcher matcher = OF_A_TENANT.matcher(sentence);
            if (!matcher.matches()) {
                return new Said(sentence, "", -1, "", sentence, "");
            }
            String log = matcher.group("log");
            return new Said(
                    sentence,
                    matcher.group("label"),
                    Integer.parseInt(matcher.group("number")),
                    matcher.group("workload"),
                    matcher.group("rest"),
                    log == null ? "" : log);
        }

        /** Whatever has the same says the same, but for numbers. */
        String shape() {
            return tenant < 0 ? whole : label + "\n" + NUMBER.matcher(rest).replaceAll("#");
        }
    }

    /** Joins sentences that are alike; each stands where the first of its kind stood. */
    public static List<String> joined(List<String> sentences) {
        Map<String, List<Said>> alike = new LinkedHashMap<>();
        sentences.stream()
                .map(Said::of)
                .forEach(said -> alike.computeIfAbsent(said.shape(), _ -> new ArrayList<>())
                        .add(said));
        return alike.values().stream().map(AlikeSentences::joinedAlike).toList();
    }

    private static String joinedAlike(List<Said> alike) {
        Said first = alike.getFirst();
        if (alike.size() == 1 || first.tenant() < 0) {
            return first.whole();
        }
        return first.label() + "Each of tenants "
                + ranges(alike.stream().map(Said::tenant).sorted().toList()) + workloads(alike) + " "
                + withRanges(alike.stream().map(Said::rest).toList())
                + logs(first.log());
    }

    private static String workloads(List<Said> alike) {
        List<String> names = alike.stream().map(Said::workload).distinct().toList();
        return names.size() > MOST_WORKLOADS ? "" : " (" + String.join(", ", names) + ")";
    }

    private static String logs(String log) {
        if (log.isEmpty()) {
            return "";
        }
        int folder = log.lastIndexOf('/');
        return " Their output is in " + (folder < 0 ? "the folder of the result" : log.substring(0, folder)) + ".";
    }

    /** Writes numbers as ranges, as in "0, 1, 4–9". */
    public static String ranges(List<Integer> sorted) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            boolean goesOn = i < sorted.size() && sorted.get(i) == sorted.get(i - 1) + 1;
            if (goesOn) {
                continue;
            }
            if (i - from >= SHORTEST_RANGE) {
                parts.add(sorted.get(from) + "–" + sorted.get(i - 1));
            } else {
                sorted.subList(from, i).forEach(number -> parts.add(number.toString()));
            }
            from = i;
        }
        return String.join(", ", parts);
    }

    /** The first text; where a number is another in the others, the least and the greatest; of cores all. */
    private static String withRanges(List<String> texts) {
        List<List<MatchResult>> numbers = texts.stream()
                .map(text -> NUMBER.matcher(text).results().toList())
                .toList();
        int[] place = {0};
        return NUMBER.matcher(texts.getFirst()).replaceAll(_ -> {
            int at = place[0]++;
            List<MatchResult> here = numbers.stream().map(row -> row.get(at)).toList();
            return here.getFirst().group("cores") == null ? range(here) : cores(here);
        });
    }

    private static String range(List<MatchResult> numbers) {
        List<BigDecimal> sorted = numbers.stream()
                .map(MatchResult::group)
                .map(BigDecimal::new)
                .sorted()
                .distinct()
                .toList();
        return sorted.size() == 1
                ? numbers.getFirst().group()
                : sorted.getFirst().toPlainString() + " to " + sorted.getLast().toPlainString();
    }

    /** A core is a name: between two of them lies nothing. */
    private static String cores(List<MatchResult> lists) {
        List<Integer> all = lists.stream()
                .flatMap(list -> Stream.of(list.group("cores").split(", ")))
                .map(Integer::valueOf)
                .distinct()
                .sorted()
                .toList();
        return (all.size() == 1 ? "core " : "cores ") + ranges(all);
    }
}
