package io.gpushare.cores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processors as the kernel numbers them: with hyper-threads a core is two of them.
 *
 * @param numbers in order
 */
public record CpuSet(SortedSet<Integer> numbers) {
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    public CpuSet {
        numbers = Collections.unmodifiableSortedSet(new TreeSet<>(numbers));
    }

    public static CpuSet of(Collection<Integer> numbers) {
        return new CpuSet(new TreeSet<>(numbers));
    }

    /**
     * Reads the kernel's notation, as in {@code 0-3,8}; nothing at all is the empty set.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static CpuSet parse(String text) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String part : text.strip().split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (range.matches()) {
                int first = Integer.parseInt(range.group(1));
                int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                for (int number = first; number <= last; number++) {
                    numbers.add(number);
                }
            } else if (!text.isBlank()) {
                throw new IllegalArgumentException("'" + text + "' is no list of processors");
            }
        }
        return new CpuSet(numbers);
    }

    /**
     * On which the kernel lets a process run.
     *
     * @param process its folder in {@code /proc}
     * @return empty when the process has ended or cannot be seen
     */
    public static Optional<CpuSet> allowedTo(Path process) {
        try {
            return Files.readAllLines(process.resolve("status")).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .map(line -> parse(line.substring(ALLOWED.length())))
                    .findFirst();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    public CpuSet and(CpuSet other) {
        SortedSet<Integer> both = new TreeSet<>(numbers);
        both.retainAll(other.numbers);
        return new CpuSet(both);
    }

    public boolean containsAll(CpuSet others) {
        return numbers.containsAll(others.numbers);
    }

    public boolean containsAny(Set<Integer> others) {
        return numbers.stream().anyMatch(others::contains);
    }

    public boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** In the kernel's notation, which {@code taskset -c} and container engines take. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int first = -1;
        int last = -1;
        for (int number : numbers) {
            if (number != last + 1 || first < 0) {
                add(text, first, last);
                first = number;
            }
            last = number;
        }
        add(text, first, last);
        return text.toString();
    }

    private static void add(StringBuilder text, int first, int last) {
        if (first >= 0) {
            text.append(text.isEmpty() ? "" : ",").append(first).append(last > first ? "-" + last : "");
        }
    }
}
