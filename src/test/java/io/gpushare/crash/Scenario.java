package io.gpushare.crash;

import java.util.List;

/**
 * How a machine is when a run begins, and what the run changes.
 *
 * @param machine options of {@code fake-gpu create}
 * @param slowMs how long the tools take over each change, so that kills land inside
 * @param lasting of {@code gpushare mode apply} before the run; empty for none
 * @param bench options of {@code gpushare bench}
 */
record Scenario(String name, String machine, String lasting, int slowMs, String bench) {
    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "time-slicing", "--gpu h200", "", 0, "--mode time-slicing --quantum long --workload fake-tenant:2"),
            new Scenario(
                    "time-slicing from quantum short",
                    "--gpu h200 --quantum 1",
                    "",
                    300,
                    "--mode time-slicing --quantum long --workload fake-tenant:2"),
            new Scenario("mps", "--gpu h200", "", 0, "--mode mps --thread-percentage 40 --workload fake-tenant:3"),
            new Scenario(
                    "mps exclusive-process from quantum short",
                    "--gpu h200 --quantum 1",
                    "",
                    200,
                    "--mode mps --exclusive-process --workload fake-tenant:2"),
            new Scenario(
                    "mig on a GPU that is set up with another geometry for good",
                    "--gpu h200 --quantum 1",
                    "mig --profiles 3g.71gb,1g.18gb:2",
                    50,
                    "--mode mig --profiles 4g.71gb,2g.35gb --workload fake-tenant:2"),
            new Scenario(
                    "mig on a GPU that is set up with MPS for good",
                    "--gpu h200",
                    "mps --thread-percentage 30",
                    0,
                    "--mode mig --profiles 3g.71gb:2 --workload fake-tenant:2"),
            new Scenario(
                    "mig", "--gpu h200", "", 100, "--mode mig --profiles 3g.71gb,1g.18gb:2 --workload fake-tenant:3"),
            new Scenario(
                    "mig from another geometry",
                    "--gpu h200 --geometry 3g.71gb@4,1g.18gb@0",
                    "",
                    0,
                    "--mode mig --profiles 4g.71gb,2g.35gb --workload fake-tenant:2"),
            new Scenario(
                    "mig with mps",
                    "--gpu h200 --geometry 3g.71gb@4,1g.18gb@0",
                    "",
                    100,
                    "--mode mig --mps --profiles 2g.35gb,1g.18gb --workload fake-tenant:3"));

    boolean mig() {
        return bench.startsWith("--mode mig");
    }
}
