package io.gpushare.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds each group's partner: first the one that is the same in all, then one that is the only one left to be meant.
 */
final class Pairing {
    private final List<Group> baseline;
    private final List<Group> contender;
    private final List<Group> leftBaseline;
    private final List<Group> leftContender;
    private final List<Match> matches = new ArrayList<>();

    record Match(Group baseline, Group contender) {}

    /** @param acrossSimulation whether a simulated group may be the partner of a measured one */
    Pairing(List<Group> baseline, List<Group> contender, boolean acrossSimulation) {
        this.baseline = baseline;
        this.contender = contender;
        leftBaseline = new ArrayList<>(baseline);
        leftContender = new ArrayList<>(contender);
        match(group -> keyOf(group, group.gpu(), group.runtime(), group.coresPerTenant(), group.simulated()));
        match(group -> keyOf(group, group.gpu(), group.runtime(), group.simulated()));
        match(group -> keyOf(group, group.gpu(), group.simulated()));
        match(group -> keyOf(group, group.runtime(), group.simulated()));
        match(group -> keyOf(group, group.simulated()));
        matchOnlyOnes(group -> List.of(group.mix(), group.tenants(), group.simulated()));
        if (acrossSimulation) {
            match(group -> keyOf(group));
            matchOnlyOnes(group -> List.of(group.mix(), group.tenants()));
        }
        if (baseline.size() == 1
                && contender.size() == 1
                && (acrossSimulation
                        || baseline.getFirst().simulated()
                                == contender.getFirst().simulated())) {
            matchOnlyOnes(_ -> List.of());
        }
    }

    private static List<Object> keyOf(Group group, Object... more) {
        List<Object> key = new ArrayList<>(List.of(group.mix(), group.tenants(), group.arm()));
        key.addAll(List.of(more));
        return key;
    }

    List<Match> matches() {
        return List.copyOf(matches);
    }

    List<Group> leftBaseline() {
        return List.copyOf(leftBaseline);
    }

    List<Group> leftContender() {
        return List.copyOf(leftContender);
    }

    private void match(Function<Group, List<Object>> key) {
        for (Group group : List.copyOf(leftBaseline)) {
            only(group, leftBaseline, leftContender, key).ifPresent(partner -> pair(group, partner));
        }
    }

    /** The way of sharing may be another where there is nothing to confuse it with, on the whole of both sides. */
    private void matchOnlyOnes(Function<Group, List<Object>> key) {
        for (Group group : List.copyOf(leftBaseline)) {
            only(group, baseline, contender, key)
                    .filter(leftContender::contains)
                    .ifPresent(partner -> pair(group, partner));
        }
    }

    private static Optional<Group> only(
            Group group, List<Group> ours, List<Group> theirs, Function<Group, List<Object>> key) {
        List<Object> wanted = key.apply(group);
        List<Group> partners =
                theirs.stream().filter(other -> key.apply(other).equals(wanted)).toList();
        long rivals =
                ours.stream().filter(other -> key.apply(other).equals(wanted)).count();
        return partners.size() == 1 && rivals == 1 ? Optional.of(partners.getFirst()) : Optional.empty();
    }

    private void pair(Group group, Group partner) {
        matches.add(new Match(group, partner));
        leftBaseline.remove(group);
        leftContender.remove(partner);
    }
}
