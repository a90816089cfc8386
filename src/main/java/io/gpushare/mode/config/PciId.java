package io.gpushare.mode.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of card a GPU is, as NVIDIA's tools write it: {@code 0x233510DE}, or with its subsystem {@code
 * 0x233510DE:0x18BE10DE}.
 *
 * @param device and {@code subsystem}: number in the upper two bytes, vendor in the lower two
 */
public record PciId(int device, Optional<Integer> subsystem) {
    private static final Pattern SYNTAX =
            Pattern.compile("0x(?<device>[0-9a-f]{1,8})(?::0x(?<subsystem>[0-9a-f]{1,8}))?");

    /** @throws IllegalArgumentException with a sentence for the person who wrote it */
    public static PciId parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no PCI device id; they look like 0x233510DE");
        }
        return new PciId(
                Integer.parseUnsignedInt(matcher.group("device"), 16),
                Optional.ofNullable(matcher.group("subsystem")).map(digits -> Integer.parseUnsignedInt(digits, 16)));
    }

    /** Whether a card with this id is one of those that somebody means who writes the other. */
    boolean isA(PciId wanted) {
        return device == wanted.device && (wanted.subsystem.isEmpty() || wanted.subsystem.equals(subsystem));
    }

    public String text() {
        return "0x%08X".formatted(device) + subsystem.map(":0x%08X"::formatted).orElse("");
    }
}
