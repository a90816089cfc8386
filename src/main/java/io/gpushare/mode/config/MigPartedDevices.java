package io.gpushare.mode.config;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MigSlice;
import io.gpushare.yaml.YamlProperties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code mig-devices} of mig-parted: how many compute instances there are to be of each size, in which GPU
 * instances.
 */
final class MigPartedDevices {
    /** {@code 1c.3g.20gb} is a compute instance of one slice in a GPU instance 3g.20gb. */
    private static final Pattern NAME =
            Pattern.compile("(?:(?<compute>\\d{1,2})c\\.)?(?<profile>(?<slices>\\d{1,2})g\\.[^/:]*)");

    private final Map<String, List<Integer>> sizesByProfile = new LinkedHashMap<>();

    private MigPartedDevices() {}

    /** In the order of the file; of one profile, the largest compute instances first. */
    static List<MigSlice> read(YamlProperties counts) {
        MigPartedDevices devices = new MigPartedDevices();
        for (String name : counts.names()) {
            String count = counts.text(name);
            if (!count.equals("0")) {
                counts.at(name, () -> devices.add(name, count));
            }
        }
        List<MigSlice> slices = new ArrayList<>();
        devices.sizesByProfile.forEach((profile, sizes) -> slices.addAll(filled(profile, sizes)));
        return slices;
    }

    private void add(String name, String count) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no MIG profile; they look like 1g.18gb or 1c.3g.71gb");
        }
        boolean cut = matcher.group("compute") != null;
        // With a count it is always a list of slices, alike here.
        if (MigLayoutText.parse(List.of(matcher.group("profile") + ":" + count))
                instanceof MigLayout.Slices(List<MigSlice> whole)) {
            int size = Integer.parseInt(matcher.group(cut ? "compute" : "slices"));
            sizesByProfile
                    .computeIfAbsent(whole.getFirst().profile(), _ -> new ArrayList<>())
                    .addAll(Collections.nCopies(whole.size(), size));
        }
    }

    /** A GPU instance is filled before the next one of its profile is begun. */
    private static List<MigSlice> filled(String profile, List<Integer> sizes) {
        int slices = slices(profile);
        List<List<Integer>> instances = new ArrayList<>();
        for (int size : sizes.stream().sorted(Comparator.reverseOrder()).toList()) {
            instances.stream()
                    .filter(parts -> sum(parts) + size <= slices)
                    .findFirst()
                    .ifPresentOrElse(parts -> parts.add(size), () -> instances.add(new ArrayList<>(List.of(size))));
        }
        return instances.stream()
                .map(parts -> parts.equals(List.of(slices)) ? MigSlice.whole(profile) : new MigSlice(profile, parts))
                .toList();
    }

    private static int slices(String profile) {
        return Integer.parseInt(profile.substring(0, profile.indexOf('g')));
    }

    private static int sum(List<Integer> parts) {
        return parts.stream().mapToInt(Integer::intValue).sum();
    }
}
