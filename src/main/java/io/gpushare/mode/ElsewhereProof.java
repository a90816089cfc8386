package io.gpushare.mode;

import io.gpushare.mode.ModeEvidence.Listing;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Judges by what tenants said of the GPU that they saw, and of their node. */
final class ElsewhereProof {
    private final List<TenantEvidence> tenants;
    private final List<String> against = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final Map<String, List<String>> byGpu = new TreeMap<>();
    private final Map<String, List<String>> byNode = new TreeMap<>();
    private int users;

    ElsewhereProof(List<TenantEvidence> tenants) {
        this.tenants = tenants;
        for (int number = 0; number < tenants.size(); number++) {
            TenantEvidence tenant = tenants.get(number);
            add(byNode, tenant.node(), number);
            if (tenant.usesGpu()) {
                users++;
                if (!add(byGpu, tenant.device(), number)) {
                    against.add("tenant " + number + " did not say which GPU it has");
                }
            }
        }
    }

    private static boolean add(Map<String, List<String>> groups, Optional<String> name, int tenant) {
        name.ifPresent(
                known -> groups.computeIfAbsent(known, _ -> new ArrayList<>()).add(Integer.toString(tenant)));
        return name.isPresent();
    }

    ElsewhereProof othersMps() {
        if (users > 0) {
            against.add("somebody else's MPS is to share the GPUs, which is another mode");
        }
        return this;
    }

    /** Tenants that reached an MPS server would not take turns. Where no driver was asked, nobody knows. */
    ElsewhereProof noClients() {
        for (int number = 0; number < tenants.size(); number++) {
            int tenant = number;
            tenants.get(number)
                    .listing()
                    .filter(listing -> listing.asClient() > 0)
                    .ifPresent(_ ->
                            against.add("tenant " + tenant + " was a client of MPS, by the word of its node's driver"));
        }
        return this;
    }

    /** Each that uses a GPU was a client of somebody else's MPS server, whenever its node's driver was asked. */
    ElsewhereProof clients() {
        int proven = 0;
        for (int number = 0; number < tenants.size(); number++) {
            TenantEvidence tenant = tenants.get(number);
            if (!tenant.usesGpu()) {
                continue;
            }
            String fault = tenant.listing()
                    .map(listing -> notClient(listing, tenant.failed()))
                    .orElse("may have had no part in MPS: nobody could ask the driver of its node");
            if (fault.isEmpty()) {
                proven++;
            } else {
                against.add("tenant " + number + " " + fault);
            }
        }
        if (users == 0) {
            against.add("no tenant used a GPU, so nothing shows that it was shared through MPS");
        } else if (proven > 0) {
            shown.add(Amount.of(proven, "tenant") + " of " + users + " on GPUs "
                    + (proven == 1 ? "was a client" : "were clients")
                    + " of MPS each time that the driver of the node was asked");
        }
        return this;
    }

    /** Empty where it was one. */
    private static String notClient(Listing listing, boolean failed) {
        if (listing.plain() > 0) {
            return "ran without MPS, by the word of its node's driver";
        }
        if (listing.asClient() == 0) {
            return "was in none of " + listing.looks() + " lists of MPS clients of its node's driver";
        }
        return listing.asClient() == listing.looks() || failed
                ? ""
                : "was in only " + listing.asClient() + " of " + listing.looks()
                        + " lists of MPS clients of its node's driver";
    }

    /** Spread over as many GPUs as there are tenants, none shares one. */
    ElsewhereProof shared(Whereabouts wanted) {
        if (users > 1
                && !(wanted instanceof Whereabouts.Spread)
                && byGpu.values().stream().noneMatch(tenants -> tenants.size() > 1)) {
            against.add("no two tenants shared a GPU");
        }
        return this;
    }

    ElsewhereProof placed(Whereabouts wanted, int tenants) {
        Map<String, List<String>> places = users > 0 ? byGpu : byNode;
        String place = users > 0 ? "GPU" : "node";
        switch (wanted) {
            case Whereabouts.Anywhere() -> {}
            case Whereabouts.SameGpu() -> {
                if (places.size() != 1) {
                    against.add("the tenants were to be on one GPU, and were on " + Amount.of(places.size(), place));
                }
            }
            case Whereabouts.Spread() -> spread(places.values(), place, tenants);
            case Whereabouts.OnNode(String name) -> {
                if (!byNode.keySet().equals(Set.of(name))) {
                    against.add("the tenants were to be on the node " + name + ", and were on "
                            + (byNode.isEmpty() ? "none that is known" : String.join(", ", byNode.keySet())));
                }
            }
        }
        return this;
    }

    private void spread(Collection<List<String>> places, String place, int tenants) {
        int most = places.stream().mapToInt(List::size).max().orElse(0);
        int least = places.stream().mapToInt(List::size).min().orElse(0);
        if (tenants > 1 && places.size() < 2) {
            against.add("the tenants were to be spread, and were on " + Amount.of(places.size(), place));
        } else if (most - least > 1) {
            against.add("the tenants were to be spread, and of one " + place + " there were " + most + ", of another "
                    + least);
        }
    }

    ModeProof made() {
        List<String> sentences = new ArrayList<>(against);
        sentences.addAll(shown);
        if (users == 0) {
            sentences.add("no GPU took part");
        }
        byGpu.forEach((gpu, tenants) -> sentences.add(words("saw " + gpu, tenants)));
        byNode.forEach((node, tenants) -> sentences.add(words("ran on the node " + node, tenants)));
        return new ModeProof(against.isEmpty(), sentences);
    }

    private static String words(String what, List<String> tenants) {
        return Amount.of(tenants.size(), "tenant") + " " + what + ": " + String.join(", ", tenants);
    }
}
