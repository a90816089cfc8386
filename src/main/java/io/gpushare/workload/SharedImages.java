package io.gpushare.workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Images that several workloads name though one of them builds it: each build would take the others' program away. */
public final class SharedImages {
    private static final List<String> IMPLIED = List.of("docker.io/", "index.docker.io/", "library/");

    private SharedImages() {}

    /** @param image as one of the workloads names it */
    public record Clash(String image, List<Workload> workloads) {
        public Clash {
            workloads = List.copyOf(workloads);
        }

        public String sentence() {
            return "the workloads "
                    + workloads.stream().map(Workload::name).collect(Collectors.joining(" and ")) + " name one image, "
                    + image + ": building it for one leaves the others without their program";
        }
    }

    public static final String ADVICE =
            "Give each an image of its own, by `image:` in its workload.yaml; without it the name is gpushare/NAME.";

    public static List<Clash> among(Collection<Workload> workloads) {
        Map<String, List<Workload>> byImage = new TreeMap<>();
        for (Workload workload : workloads) {
            workload.image()
                    .ifPresent(image -> byImage.computeIfAbsent(whole(image), _ -> new ArrayList<>())
                            .add(workload));
        }
        return byImage.values().stream()
                .filter(together -> together.size() > 1 && together.stream().anyMatch(Workload::buildsItsImage))
                .map(together -> new Clash(together.getFirst().image().orElseThrow(), together))
                .toList();
    }

    /** Names of one image may leave out the registry and the tag. */
    private static String whole(String image) {
        String name = image;
        for (String implied : IMPLIED) {
            name = name.startsWith(implied) ? name.substring(implied.length()) : name;
        }
        boolean tagged = name.contains("@") || name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
        return tagged ? name : name + ":latest";
    }
}
