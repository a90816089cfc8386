package io.gpushare.mode.nvidia;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** In which orders something can be created: a driver that finds no room for one order may find it for another. */
final class Orders {
    private Orders() {}

    /**
     * The largest first, then the others; of equal ones only one.
     *
     * @param most how many at most
     */
    static <T> List<List<T>> of(List<T> items, Comparator<T> largestFirst, int most) {
        Set<List<T>> found = new LinkedHashSet<>();
        List<T> sorted = items.stream().sorted(largestFirst).toList();
        collect(new ArrayList<>(), new ArrayList<>(sorted), most, found);
        return List.copyOf(found);
    }

    private static <T> void collect(List<T> chosen, List<T> left, int most, Set<List<T>> found) {
        if (left.isEmpty()) {
            found.add(List.copyOf(chosen));
            return;
        }
        for (T next : new LinkedHashSet<>(left)) {
            if (found.size() >= most) {
                return;
            }
            List<T> rest = new ArrayList<>(left);
            rest.remove(next);
            chosen.addLast(next);
            collect(chosen, rest, most, found);
            chosen.removeLast();
        }
    }
}
