package io.gpushare.mode.mig;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.ComputeInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the compute instances of one GPU instance go. */
final class ComputeCut {
    private static final List<Integer> SIZES = List.of(1, 2, 3, 4, 7);

    private ComputeCut() {}

    /**
     * @param slices of the GPU instance
     * @param sizes empty for one of all of it
     * @throws GpushareException (status UNABLE) that says what can be
     */
    static List<ComputeInstance> of(String profile, int slices, List<Integer> sizes) {
        List<Integer> wanted = sizes.isEmpty() ? List.of(slices) : sizes;
        for (int size : wanted) {
            if (!legal(size, slices)) {
                throw refused(profile, slices, "has no compute instance of " + size + slicesWord(size));
            }
        }
        int sum = wanted.stream().mapToInt(Integer::intValue).sum();
        if (sum > slices) {
            throw refused(
                    profile, slices, "has " + slices + slicesWord(slices) + ", and " + words(wanted) + " need " + sum);
        }
        List<Integer> largestFirst =
                wanted.stream().sorted(Comparator.reverseOrder()).toList();
        return place(largestFirst, 0, slices)
                .orElseThrow(() -> refused(profile, slices, "cannot be cut into " + words(wanted)));
    }

    /** In which sizes a compute instance can be, the smallest first. */
    static List<Integer> sizes(int slices) {
        return SIZES.stream().filter(size -> legal(size, slices)).toList();
    }

    private static GpushareException refused(String profile, int slices, String why) {
        String sizes = SIZES.stream()
                .filter(size -> legal(size, slices))
                .map(size -> size + "c")
                .collect(Collectors.joining(", "));
        return GpushareException.unable(profile + " " + why, "Its compute instances can be " + sizes + ".");
    }

    private static boolean legal(int size, int slices) {
        return SIZES.contains(size) && (size < slices ? size != 3 || slices == 7 : size == slices);
    }

    /** One slice goes anywhere, larger ones where the hardware has a border. */
    private static boolean border(int size, int start) {
        return switch (size) {
            case 1 -> true;
            case 2 -> start % 2 == 0;
            default -> start % 4 == 0;
        };
    }

    private static Optional<List<ComputeInstance>> place(List<Integer> sizes, int taken, int slices) {
        if (sizes.isEmpty()) {
            return Optional.of(List.of());
        }
        int size = sizes.getFirst();
        for (int start = 0; start + size <= slices; start++) {
            int mask = ((1 << size) - 1) << start;
            if (border(size, start) && (taken & mask) == 0) {
                ComputeInstance here = new ComputeInstance(size, start);
                Optional<List<ComputeInstance>> rest = place(sizes.subList(1, sizes.size()), taken | mask, slices);
                if (rest.isPresent()) {
                    List<ComputeInstance> all = new ArrayList<>(rest.get());
                    all.addFirst(here);
                    return Optional.of(all);
                }
            }
        }
        return Optional.empty();
    }

    private static String words(List<Integer> sizes) {
        return sizes.stream().map(size -> size + "c").collect(Collectors.joining("+"));
    }

    private static String slicesWord(int count) {
        return count == 1 ? " slice" : " slices";
    }
}
