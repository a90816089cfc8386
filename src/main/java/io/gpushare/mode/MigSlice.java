package io.gpushare.mode;

import java.util.List;

/**
 * A GPU instance that somebody wants.
 *
 * @param profile as {@code 3g.71gb}
 * @param computeInstances sizes in slices into which it is cut, as 1 and 2 for {@code 1c} and {@code 2c}; empty for one
 *     compute instance of all of it
 */
public record MigSlice(String profile, List<Integer> computeInstances) {
    public MigSlice {
        computeInstances = List.copyOf(computeInstances);
    }

    public static MigSlice whole(String profile) {
        return new MigSlice(profile, List.of());
    }

    /** How many tenants find a device of their own in it. */
    public int devices() {
        return Math.max(1, computeInstances.size());
    }

    /** As on the command line: {@code 3g.71gb}, {@code 3g.71gb/1c+2c}. */
    public String text() {
        if (computeInstances.isEmpty()) {
            return profile;
        }
        StringBuilder text = new StringBuilder(profile).append('/');
        for (int slices : computeInstances) {
            text.append(text.charAt(text.length() - 1) == '/' ? "" : "+")
                    .append(slices)
                    .append('c');
        }
        return text.toString();
    }
}
