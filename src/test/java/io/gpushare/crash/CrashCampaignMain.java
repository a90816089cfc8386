package io.gpushare.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A campaign by hand: KILLS SEED LANES. */
final class CrashCampaignMain {
    private CrashCampaignMain() {}

    public static void main(String[] arguments) throws Exception {
        int kills = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int lanes = Integer.parseInt(arguments[2]);
        Path folder = Files.createTempDirectory("gpushare-crash-");
        AtomicInteger lines = new AtomicInteger();
        System.out.printf("%d kills, seed %d, %d at a time, in %s%n", kills, seed, lanes, folder);
        List<Struck> struck = new CrashCampaign(
                        folder, seed, lanes, line -> System.out.println(lines.incrementAndGet() + " " + line))
                .run(kills);
        count("scenario", struck, one -> one.kill().scenario().name());
        count("blow", struck, one -> one.kill().blow().toString());
        count("phase", struck, one -> one.phase().toString());
        count("exit status", struck, one -> String.valueOf(one.status()));
        long faulty = struck.stream().filter(one -> !one.faults().isEmpty()).count();
        System.out.printf(
                "%n%s: %d of %d kills left something behind (seed %d)%n",
                faulty == 0 ? "GOOD" : "BAD", faulty, kills, seed);
        System.exit(faulty == 0 ? 0 : 1);
    }

    private static void count(String what, List<Struck> struck, Function<Struck, String> key) {
        Map<String, Long> counts = struck.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
        System.out.println("\nby " + what);
        counts.forEach((name, count) -> System.out.printf("  %5d  %s%n", count, name));
    }
}
