package io.gpushare.cores;

import io.gpushare.cores.HostCores.Core;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Which tenant gets which cores. A tenant has its cores whole, with all hyper-threads: a thread of another on the same
 * core would slow it, and its own helpers have a use for what is left of it. It has the same cores when it runs alone.
 *
 * @param perTenant how many each has to itself; 0 where the kernel places all
 * @param tenants by number; none where the kernel places all
 * @param kept for gpushare and a container engine, where one is left
 * @param doubts in sentences
 */
public record OwnCores(int perTenant, List<CpuSet> tenants, Optional<CpuSet> kept, List<String> doubts) {
    public static final OwnCores NONE = new OwnCores(0, List.of(), Optional.empty(), List.of());

    /** One to launch kernels from, which keeps it busy, and one for the program's other threads. */
    private static final int USUALLY_ENOUGH = 2;

    public OwnCores {
        tenants = List.copyOf(tenants);
        doubts = List.copyOf(doubts);
    }

    /**
     * Shares them out. gpushare keeps the first core, on which the kernel does most of its own work. Where there are
     * too few, each tenant gets as many as the others, and where there is not one for each, the kernel places all.
     *
     * @param near processors that are near the GPU: tenants get those first; empty where that is not known
     */
    public static OwnCores of(Pin pin, HostCores host, Set<Integer> near, int tenants) {
        return ofGpus(pin, host, List.of(near), tenants).getFirst();
    }

    /**
     * The same for tenants on each of several GPUs: no core is given twice.
     *
     * @param near of each GPU
     * @param tenants on each GPU
     * @return as many as there are GPUs
     */
    public static List<OwnCores> ofGpus(Pin pin, HostCores host, List<Set<Integer>> near, int tenants) {
        int all = near.size() * tenants;
        OwnCores together = of(pin, host, all, tenant -> near.get(tenant / tenants));
        List<OwnCores> each = new ArrayList<>();
        for (int gpu = 0; gpu < near.size(); gpu++) {
            List<CpuSet> own = together.tenants.isEmpty()
                    ? List.of()
                    : together.tenants.subList(gpu * tenants, (gpu + 1) * tenants);
            List<String> doubts = new ArrayList<>(together.doubts);
            far(own, near.get(gpu)).ifPresent(doubts::add);
            each.add(new OwnCores(together.perTenant, own, together.kept, doubts));
        }
        return each;
    }

    private static OwnCores of(Pin pin, HostCores host, int tenants, IntFunction<Set<Integer>> near) {
        int wanted = switch (pin) {
            case Pin.None() -> 0;
            case Pin.Auto() -> USUALLY_ENOUGH;
            case Pin.Cores(int perTenant) -> perTenant;
        };
        if (wanted == 0) {
            return NONE;
        }
        int all = host.cores().size();
        if (all < tenants) {
            return without("no tenant has a core to itself: there are " + Amount.of(tenants, "tenant") + " and "
                    + Amount.of(all, "core"));
        }
        boolean oneIsKept = all > tenants;
        int perTenant = oneIsKept ? Math.min(wanted, (all - 1) / tenants) : 1;
        List<String> doubts = new ArrayList<>();
        if (pin instanceof Pin.Cores && perTenant < wanted) {
            doubts.add("each tenant has " + Amount.of(perTenant, "core") + " instead of " + wanted + ": there are "
                    + Amount.of(tenants, "tenant") + " and " + Amount.of(all, "core"));
        }
        if (!oneIsKept) {
            doubts.add("no core is left for gpushare itself, which disturbs the tenants now and then");
        }
        List<CpuSet> shares = shares(host.cores().subList(oneIsKept ? 1 : 0, all), near, perTenant, tenants);
        return new OwnCores(
                perTenant,
                shares,
                oneIsKept ? Optional.of(host.cores().getFirst().cpus()) : Optional.empty(),
                doubts);
    }

    /** The kernel places all, for a reason. */
    public static OwnCores without(String why) {
        return new OwnCores(0, List.of(), Optional.empty(), List.of(why));
    }

    /** Each tenant's lie together where that can be: near the GPU, then on one node. */
    private static List<CpuSet> shares(List<Core> cores, IntFunction<Set<Integer>> near, int perTenant, int tenants) {
        List<Core> left = new ArrayList<>(cores);
        List<CpuSet> shares = new ArrayList<>();
        for (int tenant = 0; tenant < tenants; tenant++) {
            Set<Integer> nearIt = near.apply(tenant);
            Map<Place, List<Core>> free = new TreeMap<>();
            left.forEach(core -> free.computeIfAbsent(Place.of(core, nearIt), _ -> new ArrayList<>())
                    .add(core));
            List<Core> room = free.values().stream()
                    .filter(there -> there.size() >= perTenant)
                    .findFirst()
                    .orElseGet(
                            () -> free.values().stream().flatMap(List::stream).toList());
            List<Core> share = List.copyOf(room.subList(0, perTenant));
            left.removeAll(share);
            Set<Integer> cpus = new TreeSet<>();
            share.forEach(core -> cpus.addAll(core.cpus().numbers()));
            shares.add(CpuSet.of(cpus));
        }
        return shares;
    }

    private record Place(boolean far, int node) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::far).thenComparingInt(Place::node);

        static Place of(Core core, Set<Integer> near) {
            return new Place(!core.cpus().containsAny(near), core.node());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private static Optional<String> far(List<CpuSet> shares, Set<Integer> near) {
        List<String> far = new ArrayList<>();
        for (int tenant = 0; !near.isEmpty() && tenant < shares.size(); tenant++) {
            if (!near.containsAll(shares.get(tenant).numbers())) {
                far.add(Integer.toString(tenant));
            }
        }
        return far.isEmpty()
                ? Optional.empty()
                : Optional.of("some cores are not near the GPU, of " + (far.size() == 1 ? "tenant " : "tenants ")
                        + String.join(", ", far));
    }

    /** Empty where the kernel places it. */
    public Optional<CpuSet> of(int tenant) {
        return tenants.isEmpty() ? Optional.empty() : Optional.of(tenants.get(tenant));
    }

    /** As in {@code 2 cores each}. */
    public static String words(int perTenant) {
        return perTenant == 0 ? "no cores of their own" : Amount.of(perTenant, "core") + " each";
    }

    /** As in {@code tenant 0 on 1-2, tenant 1 on 3-4; gpushare keeps 0}. */
    public String words() {
        if (tenants.isEmpty()) {
            return "wherever the kernel places them";
        }
        List<String> parts = new ArrayList<>();
        for (int tenant = 0; tenant < tenants.size(); tenant++) {
            parts.add("tenant " + tenant + " on " + tenants.get(tenant));
        }
        return String.join(", ", parts)
                + kept.map(cpus -> "; gpushare keeps " + cpus).orElse("");
    }
}
