package io.gpushare.mode.mig;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.setup.GpuInstance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The names of the sizes that one card has, and what somebody meant who knows those of another. */
public final class ProfileNames {

    /** Of each card in one order: one slice, one with double memory, two, three, four, all. */
    private static final List<List<String>> CARDS = List.of(
            List.of("1g.5gb", "1g.10gb", "2g.10gb", "3g.20gb", "4g.20gb", "7g.40gb"),
            List.of("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb"),
            List.of("1g.18gb", "1g.35gb", "2g.35gb", "3g.71gb", "4g.71gb", "7g.141gb"),
            List.of("1g.23gb", "1g.45gb", "2g.45gb", "3g.90gb", "4g.90gb", "7g.180gb"),
            List.of("1g.6gb", "", "2g.12gb", "", "4g.24gb", ""));

    private static final int DOUBLE = 1;

    private ProfileNames() {}

    /** Of all cards, the smallest first. */
    public static List<String> known() {
        return CARDS.stream()
                .flatMap(List::stream)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(GpuInstance::slices)
                        .thenComparingInt(name -> Integer.parseInt(name.replaceAll("^.*\\.|gb$", ""))))
                .toList();
    }

    /** @throws GpushareException (status UNABLE) that lists what the card has */
    static MigProfile resolve(String name, List<MigProfile> offer) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return offer.stream()
                .filter(profile -> profile.name().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> GpushareException.unable(
                        "this GPU has no MIG profile " + name,
                        meant(wanted, offer) + "It has " + counted(offer) + "."));
    }

    /** As in {@code 7 × 1g.18gb, 4 × 1g.35gb}, each alone on the GPU; the smallest first. */
    static String counted(List<MigProfile> offer) {
        return offer.stream()
                .sorted(Comparator.comparingInt((MigProfile profile) -> GpuInstance.slices(profile.name()))
                        .thenComparingLong(MigProfile::memoryBytes)
                        .thenComparing(MigProfile::name))
                .map(profile -> profile.maxInstances() + " × " + profile.name())
                .collect(Collectors.joining(", "));
    }

    /** Without media engines or other extras beside what its size says. */
    static boolean plain(MigProfile profile) {
        return profile.name().matches("\\d+g\\.\\d+gb");
    }

    private static String meant(String name, List<MigProfile> offer) {
        return relative(name, offer)
                .map(here -> "On this card " + name + " is called " + here + ". ")
                .orElseGet(() -> Spelling.suggestion(
                        name, offer.stream().map(MigProfile::name).toList()));
    }

    /** What takes the place here that this name has on another card. */
    private static Optional<String> relative(String name, List<MigProfile> offer) {
        for (List<String> card : CARDS) {
            int place = card.indexOf(name);
            if (place >= 0) {
                List<MigProfile> alike = offer.stream()
                        .filter(ProfileNames::plain)
                        .filter(profile -> GpuInstance.slices(profile.name()) == GpuInstance.slices(name))
                        .sorted(Comparator.comparingLong(MigProfile::memoryBytes))
                        .toList();
                int among = place == DOUBLE ? 1 : 0;
                return alike.size() > among ? Optional.of(alike.get(among).name()) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
