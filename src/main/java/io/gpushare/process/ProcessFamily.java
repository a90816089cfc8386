package io.gpushare.process;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A process and all that it started, which is looked at and never signalled. Numbers are given again: whoever has one
 * of ours later is told by when it started. One that outlives its parent is remembered if it was seen before.
 */
public final class ProcessFamily {
    private final ProcessTable table;
    private final LiveProcess first;
    private Set<LiveProcess> living = new HashSet<>();

    public ProcessFamily(ProcessTable table, LiveProcess first) {
        this.table = table;
        this.first = first;
        living.add(first);
    }

    public LiveProcess first() {
        return first;
    }

    /** Those that live now. */
    public Set<Integer> look() {
        List<LiveProcess> all = table.all();
        Set<LiveProcess> found = new HashSet<>();
        Set<Integer> numbers = new TreeSet<>();
        all.stream()
                .filter(process -> living.stream().anyMatch(process::isSameAs))
                .filter(found::add)
                .forEach(process -> numbers.add(process.pid()));
        boolean grown = !found.isEmpty();
        while (grown) {
            grown = false;
            for (LiveProcess process : all) {
                if (numbers.contains(process.parent()) && numbers.add(process.pid())) {
                    found.add(process);
                    grown = true;
                }
            }
        }
        living = found;
        return numbers;
    }
}
